"""Every address of the pages and the API."""

from __future__ import annotations

from django.urls import include, path

from quorate.web.accounts import playing
from quorate.web.accounts import views as accounts
from quorate.web.acting import signing
from quorate.web.acting import views as acting
from quorate.web.api.describing import openapi
from quorate.web.api.views import api, nothing_here
from quorate.web.bulletin import views as bulletin
from quorate.web.convention import overview as convention
from quorate.web.convention import printing, voting
from quorate.web.elections import downloads
from quorate.web.elections import views as elections
from quorate.web.membership import views as membership
from quorate.web.offices import views as offices
from quorate.web.record import as_witness, erasing, log, witnesses
from quorate.web.record import views as record
from quorate.web.rulebook import programme
from quorate.web.rulebook import views as rulebook
from quorate.web.secret import booth, box, checking, trustees
from quorate.web.secret import views as secret
from quorate.web.today import views as today

handler404 = "quorate.web.broken.not_found"
handler500 = "quorate.web.broken.broke"

urlpatterns = [
    path("", today.today),
    path("more", today.more),
    path("acts", today.acts),
    path("act/<str:name>", acting.act),
    path("act/<str:name>/prepare", signing.prepared),
    path("bulletin", bulletin.overview),
    path("bulletin/new", bulletin.hand_in),
    path("bulletin/issue/<int:convention>/<int:number>", bulletin.issue),
    path("bulletin/issue/<int:convention>/<int:number>.pdf", bulletin.issue_pdf),
    path("bulletin/<int:number>", bulletin.contribution),
    path("bulletin/<int:number>/seconders", bulletin.seconders),
    path("convention", convention.overview),
    path("convention/vote/<int:number>", voting.vote),
    path("convention/<int:number>/minutes", printing.minutes_page),
    path("convention/<int:number>/minutes.pdf", printing.minutes_pdf),
    path("elections/<int:number>", elections.election),
    path("elections/<int:number>/box", box.page),
    path("elections/<int:number>/box/now", box.now),
    path("elections/<int:number>/trustee", trustees.page_of_box),
    path("elections/<int:number>/trustee/next", trustees.next_of_box),
    path("elections/<int:number>/sheet.csv", downloads.sheet_csv),
    path("elections/<int:number>/sheet.json", downloads.sheet_json),
    path("elections/<int:number>/sheet.pdf", downloads.sheet_pdf),
    path("elections/<int:number>/ballots.blt", downloads.ballots_blt),
    path("elections/<int:number>/vote", booth.vote),
    path("elections/<int:number>/check", checking.check),
    path("elections/<int:number>/audit", checking.audit),
    path("offices", offices.overview),
    path("offices/recall/<int:number>", offices.recall),
    path("registers/<int:number>", secret.register),
    path("registers/<int:number>/file", secret.file),
    path("registers/<int:number>/roll", secret.roll),
    path("registers/<int:number>/my-key", secret.my_key),
    path("registers/<int:number>/name/<str:side>", secret.name),
    path("registers/<int:number>/trustee", trustees.page),
    path("registers/<int:number>/trustee/next", trustees.next_of),
    path("trustee/<int:number>/<str:side>/<str:token>", trustees.outside),
    path("trustee/<int:number>/<str:side>/<str:token>/next", trustees.next_outside),
    path("trustee/<int:number>/<str:side>/<str:token>/file", trustees.file_outside),
    path(
        "trustee/<int:number>/<str:side>/<str:token>/receipt/<int:sequence>",
        trustees.receipt_outside,
    ),
    path("trustee/<int:number>/<str:side>/<str:token>/act/<str:name>", trustees.hand_in),
    path("scripts", checking.published),
    path("rulebook", rulebook.overview),
    path("programme", programme.programme),
    path("branches", membership.branches),
    path("branches/<str:code>", membership.branch),
    path("record", record.overview),
    path("record/<int:sequence>", record.entry),
    path("record/<int:sequence>/receipt", record.receipt),
    path("record/erasing", erasing.requests),
    path("record/witnesses", witnesses.overview),
    path("record/witnesses/policy", witnesses.policy_file),
    path("witness/add-checkpoint", as_witness.add_checkpoint),
    path("witness/<str:hash_of_origin>/checkpoint", as_witness.seen),
    path("checkpoint", log.checkpoint),
    path("checkpoint/<int:old>/<int:size>", log.continuation),
    path("tile/<path:path>", log.tile),
    path("play", playing.play),
    path("play/<str:side>.json", playing.trustee_file),
    path("account", accounts.account),
    path("account/", include("quorate.web.accounts.urls")),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/", nothing_here, {"rest": ""}),
    path("api/", api.urls),
    path("api/<path:rest>", nothing_here),
]
