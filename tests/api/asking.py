"""Asking the API, and reading the figures of an answer by their codes."""

from __future__ import annotations

import itertools
import json


def got(client, address, status=200, **headers):
    """The answer to GET as JSON, which has the status."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == status, answer.content[:500]
    return answer.json()


def posted(client, address, selection, status=200, **more):
    """The answer to a selection that is sent, as JSON."""
    body = json.dumps({"selection": selection, **more})
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == status, answer.content[:500]
    return answer.json()


def figures(dataset):
    """Each cell by its codes, as value and sign; written as loops, from what JSON-stat says."""
    codes = []
    for name in dataset["id"]:
        index = dataset["dimension"][name]["category"]["index"]
        codes.append(sorted(index, key=index.__getitem__))
    assert [len(one) for one in codes] == dataset["size"]
    found = {}
    for at, key in enumerate(itertools.product(*codes)):
        found[key] = (dataset["value"][at], dataset.get("status", {}).get(str(at)))
    assert len(found) == len(dataset["value"])
    return found
