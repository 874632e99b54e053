"""Who may have an account: whoever's e-mail address stands on a member's sheet."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from quorate.store.people import member_by_mail
from quorate.web.lane import lane


class Adapter(DefaultAccountAdapter):
    """allauth's questions, answered from the state."""

    def clean_email(self, email: str) -> str:
        """Only a member's address can sign up."""
        email = super().clean_email(email)
        if member_by_mail(lane().place, lane().now().state, email) is None:
            raise ValidationError(
                "No member has this address. Ask your branch's secretary to correct it."
            )
        return email

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Ties the new account to the member."""
        user = super().save_user(request, user, form, commit=False)
        user.member = member_by_mail(lane().place, lane().now().state, user.email)
        user.set_unusable_password()
        user.save()
        return user
