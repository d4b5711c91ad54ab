"""Set up a real installation: tables, lists, the first admin, and no demo data."""

import secrets
from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from proposals.catalogue.actions.people import Post, create_person, one_time_password
from proposals.enums import OfficeKind, RegionKind, Role
from proposals.models import Office, PlanningYear, User

WINDOW = timedelta(days=30)


def budget_year(text: str) -> int:
    if not text.isdecimal() or not 2020 <= int(text) <= 2099:
        raise ArgumentTypeError(f"{text} is no budget year from 2020 to 2099")
    return int(text)


class Command(BaseCommand):
    help = "Set up a real installation: tables, lists and the first admin; no demo data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the first admin's e-mail address")
        parser.add_argument("--name", default="Admin", help="the first admin's full name")
        parser.add_argument("--year", type=budget_year, help="also prepare this budget year")

    def handle(self, *, email: str, name: str, year: int | None, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address") from None
        call_command("prepare", stdout=self.stdout)
        with transaction.atomic(), pghistory.context(command="start_office"):
            password = self.start(email, name, year)
        self.stdout.write(f"First admin: {email}, one-time password: {password}")
        self.stdout.write("It is shown once and asks to be changed at the first log-in.")

    def start(self, email: str, name: str, year: int | None) -> str:
        """Make the first admin of the provincial office and return the one-time password."""
        if User.objects.exists():
            raise CommandError("people exist already; an admin makes further ones in the portal")
        province = Office.objects.get(
            kind=OfficeKind.INDUSTRY, region__kind=RegionKind.PROVINCE, is_retired=False
        )
        password = one_time_password(secrets.token_hex())
        post: Post = {"role": Role.ADMIN, "office": province, "division": None}
        create_person(email=email, full_name=name, password=password, **post)
        if year:
            window = {"opens_at": timezone.now(), "closes_at": timezone.now() + WINDOW}
            PlanningYear.objects.create(office=province, fiscal_year=year, **window)
        return password
