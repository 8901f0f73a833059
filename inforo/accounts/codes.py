"""The second factor: codes of an app, and the recovery codes that replace it once."""

import hmac
import secrets

import pyotp
from sqlalchemy import update

from inforo import audit, sessions
from inforo.accounts.actions import moment, tell
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session

RECOVERY_CODES = 10


def step_of(secret: str, code: str) -> int:
    """Return the 30-second step a code belongs to, now or one beside; 0 if none."""
    totp, current = pyotp.TOTP(secret), int(now().timestamp()) // 30
    typed = code.replace(" ", "")
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return 0


def use_code(account: Account, code: str) -> bool:
    """Tell whether a code of the app, or a recovery code, fits; each works once."""
    step = step_of(account.totp_secret, code) if account.has_second_factor else 0
    if not step:
        return use_recovery_code(account, code)
    used = session.scalar(
        update(Account)
        .where(Account.id == account.id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    )
    return used is not None


def use_recovery_code(account: Account, code: str) -> bool:
    digest = code_digest(code)
    if not account.has_second_factor or digest not in account.recovery_codes:
        return False
    left = [known for known in account.recovery_codes if known != digest]
    account.recovery_codes = left
    tell(account, "accounts/recovery_used", f"recovery:{account.id}:{digest}", left=len(left))
    return True


def code_digest(code: str) -> str:
    return sessions.digest(code.replace("-", "").replace(" ", "").casefold())


def new_recovery_codes(account: Account) -> list[str]:
    """Replace the recovery codes; return them in clear, to be shown once."""
    codes = [secrets.token_hex(8) for _number in range(RECOVERY_CODES)]
    account.recovery_codes = [code_digest(code) for code in codes]
    return ["-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in codes]


def set_second_factor(account: Account, secret: str, step: int) -> list[str]:
    """Turn the second factor on; return the recovery codes."""
    account.totp_secret, account.totp_confirmed_at = secret, now()
    account.totp_last_step = step
    note_second_factor(account, is_on=True)
    return new_recovery_codes(account)


def remove_second_factor(account: Account) -> None:
    account.totp_secret, account.totp_confirmed_at = "", None
    account.recovery_codes = []
    note_second_factor(account, is_on=False)


def note_second_factor(account: Account, *, is_on: bool) -> None:
    action = "second_factor_on" if is_on else "second_factor_off"
    audit.record(Actor(account.id, account.name), action, account, title=account.name)
    key = f"second-factor:{account.id}:{moment()}"
    tell(account, "accounts/second_factor", key, is_on=is_on)
