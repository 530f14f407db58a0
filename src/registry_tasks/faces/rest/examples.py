"""Bodies that requests may have: shown in the description, and tried by the tests."""

from types import MappingProxyType
from typing import Any, Final

_UUID: Final = "6f1c9a52-6c0e-4a4e-9a5c-2f4f0f4f6c11"
_COST: Final = {"duration_s": 12.5, "cpu_s": 20.1, "peak_memory_bytes": 734_003_200}
EXAMPLES: Final = MappingProxyType[str, dict[str, Any]](
    {
        "promote": {"ref": "flight-delays@3", "to": "staging", "reason": "better on March"},
        "roll-back": {"model": "flight-delays", "reason": "complaints since Monday"},
        "archive": {"ref": "flight-delays@1"},
        "archive-by-policy": {"model": "flight-delays"},
        "restore": {"ref": "flight-delays@1"},
        "drop-bytes": {"ref": "flight-delays@1", "reason": "space"},
        "drop-bytes-by-policy": {"model": "flight-delays"},
        "approve": {"approval": _UUID, "evidence_sha256": "0" * 64, "reason": "looks right"},
        "reject": {"approval": _UUID, "evidence_sha256": "0" * 64, "reason": "worse in winter"},
        "approval-code": {"approval": _UUID, "evidence_sha256": "0" * 64},
        "alias-point": {"ref": "flight-delays@3", "alias": "champion"},
        "alias-remove": {"model": "flight-delays", "alias": "champion"},
        "hold": {"ref": "flight-delays@3", "reason": "audit 2026-17"},
        "release": {"ref": "flight-delays@3", "reason": "audit is over"},
        "delete": {"ref": "flight-delays@1", "reason": "trained on the wrong year"},
        "deployment-start": {"ref": "flight-delays@3", "environment": "eu", "place": "api"},
        "deployment-end": {"ref": "flight-delays@3", "environment": "eu", "place": "api"},
        "describe": {"ref": "flight-delays@3", "text": "with the weather of the airport"},
        "describe-model": {"model": "flight-delays", "owner": "Ada", "team": "operations"},
        "describe-dataset": {"name": "data/flights.csv", "description": "flights of 2025"},
        "note": {"subject": "flight-delays@3", "text": "slower than it was"},
        "tag": {"subject": "flight-delays@3", "put": {"season": "summer"}},
        "schema-put": {"model": "flight-delays", "json_schema": {"type": "object"}},
        "schema-remove": {"model": "flight-delays"},
        "reproduce": {"ref": "flight-delays@3"},
        "register-run": {"run": _UUID, "description": "of the notebook"},
        "run-begin": {"model": "flight-delays", "parameters": {"trees": 300}},
        "run-log": {"run": _UUID, "metrics": {"auc": 0.71}, "points": {"loss": [[1, 0.4]]}},
        "run-finish": {"run": _UUID, "cost": _COST},
        "run-fail": {"run": _UUID, "why": "out of memory"},
        "account-add": {"account": "grace", "rights": [{"role": "developer"}]},
        "account-close": {"account": "grace", "reason": "left"},
        "right-grant": {
            "account": "grace",
            "right": {"model": "flight-delays", "stage": "staging"},
        },
        "right-revoke": {"account": "grace", "right": {"role": "developer"}},
        "token-issue": {"account": "grace", "label": "laptop", "days": 30},
        "token-revoke": {"token": _UUID},
        "subscription-add": {
            "name": "releases",
            "receiver": "webhook",
            "to": "https://hooks.example.com/in",
            "kinds": ["version.promoted"],
        },
        "subscription-remove": {"name": "releases"},
        "subscription-rotate": {"name": "releases", "overlap_hours": 24},
        "subscription-test": {"name": "releases"},
        "subscription-replay": {"name": "releases"},
        "register-file": {"model": "flight-delays", "path": "model.txt", "format": "lightgbm"},
        "run-file": {"run": _UUID, "name": "plots/roc.png", "role": "plot"},
    }
)
