"""Which verb carries out which request."""

from typing import Final

from registry_tasks.registry.access import accounts, tokens
from registry_tasks.registry.catalogue import (
    datasets,
    describe,
    document_schema,
    note,
    register,
    register_file,
    tag,
)
from registry_tasks.registry.experiments import log_file, log_run, sweep
from registry_tasks.registry.lifecycle import (
    approve,
    archive,
    delete,
    deploy,
    hold,
    point_alias,
    promote,
    roll_back,
)

VERBS: Final = {
    "AddAccount": accounts.add_account,
    "CloseAccount": accounts.close_account,
    "GrantRight": accounts.grant_right,
    "RevokeRight": accounts.revoke_right,
    "IssueToken": tokens.issue_token,
    "RevokeToken": tokens.revoke_token,
    "Describe": describe.describe,
    "DescribeModel": describe.describe_model,
    "DescribeDataset": datasets.describe_dataset,
    "AddNote": note.add_note,
    "ChangeTags": tag.change_tags,
    "PutSchema": document_schema.put_schema,
    "RemoveSchema": document_schema.remove_schema,
    "LogRun": log_run.begin_run,
    "LogValues": log_run.log_values,
    "LogFile": log_file.log_file,
    "FinishRun": log_run.finish_run,
    "FailRun": log_run.fail_run,
    "EndSweep": sweep.end_sweep,
    "RegisterRun": register.register,
    "RegisterFile": register_file.register_file,
    "StartDeployment": deploy.start_deployment,
    "EndDeployment": deploy.end_deployment,
    "PointAlias": point_alias.point_alias,
    "RemoveAlias": point_alias.remove_alias,
    "Promote": promote.promote,
    "RollBack": roll_back.roll_back,
    "Archive": archive.archive,
    "ArchiveByPolicy": archive.archive_by_policy,
    "Restore": archive.restore,
    "Approve": approve.approve,
    "Reject": approve.reject,
    "Hold": hold.hold,
    "Release": hold.release,
    "Delete": delete.delete,
}
"""Turning accounts on is the one verb that asks nobody: it finds accounts on and says so."""
