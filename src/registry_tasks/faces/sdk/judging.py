"""Judge: what decides about promotions, what is wrong with it, what it would have changed."""

from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.policy_replay import PolicyCheck, PolicyReplay, PolicyShown


class Judging(Session):
    """Policies as they are, and as they might be; changes nothing."""

    def policy(self, subject: str) -> "PolicyShown":
        """Return the policy that decides about a model, or the one that judged a version last."""
        from registry_tasks.registry.lifecycle.replay_policy import show_policy

        return self._ask(show_policy, subject)

    def check_policy(self, model: str | None = None, *, text: str | None = None) -> "PolicyCheck":
        """Return all that is wrong with the policies of a params.yaml; ``text`` is what it holds."""
        from registry_tasks.registry.lifecycle.check_policy import check_policy

        return self._ask(check_policy, model, text)

    def replay_policy(
        self,
        model: str,
        *,
        text: str | None = None,
        commit: str | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> "PolicyReplay":
        """Return what another policy would have said of a model's past attempts to be promoted.

        ``cursor`` is the ``next`` of the answer to go on from.
        """
        from registry_tasks.registry.lifecycle.replay_policy import replay_policy

        return self._ask(replay_policy, model, text, commit, cursor, limit)
