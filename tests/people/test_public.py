"""What is public shows itself, and nothing else that the organisation has written."""

from __future__ import annotations

import pytest

from samsyn.people.kinds import kinds
from samsyn.people.models import Role, Visibility
from tests.people.everything import every_kind
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db
OPEN = [word for word, kind in kinds().items() if kind.open_to_public]


def test_nothing_private_stands_on_a_public_page(demo_site):
    person = member("hemlighetsmakaren", organisation(), Role.LEAD)
    made = every_kind(organisation(), person, "Text")
    made["problem"].evidence.create(
        kind="interview", note=made["intervju"].notes.get(), text="Hemlig tolkning"
    )
    made["intervju"].notes.update(text="Hemlig anteckning")
    for word, one in made.items():
        type(one).objects.update(title=f"Hemlig {word}", description=f"Hemligt om {word}")
    others = client(member("stig", organisation("Främlingarna", "association"), Role.LEAD))
    client(person).post(f"{made['problem'].get_absolute_url()}kommentar/", {"text": "Hemlig sak"})
    for word in OPEN:
        one = made[word]
        table = type(one).objects.filter(pk=one.pk)
        table.update(title="Öppen", description="", visibility=Visibility.PUBLIC)
        for browser in (client(), others):
            answer = browser.get(one.get_absolute_url())
            page = answer.content.decode()
            assert answer.status_code == 200, word
            assert "Öppen" in page, word
            for hidden in ("Hemligt om", "Hemlig anteckning", "Hemlig sak", *(
                f"Hemlig {other}" for other in made
            ), "hemlighetsmakaren", "Hemlighetsmakaren"):  # fmt: skip
                assert hidden not in page, (word, hidden)
        table.update(title=f"Hemlig {word}", visibility=Visibility.PRIVATE)
