"""What has one right answer is the same in the browser as in `quorate.ballots`."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from quorate.ballots import credentials, json_form, pki
from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.group import Group, hash_to_scalar
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.tally import weight_json
from support.booth import Booth

pytestmark = pytest.mark.xdist_group("booth")

GROUPS = pytest.mark.parametrize("group", [ED25519, BELENIOS_2048], ids=lambda one: one.name)
UUID = "ouzKxT3zWPYSg1"
CREDENTIAL = "r4gyw-4FZ1Yx-RE8Gh-Y8nQtn"

STRANGE = [
    "",
    "Ána «Борис» 漢字 🗳️",
    'quoted "\\" / </script>',
    "\b\t\n\f\r\x00\x1f\x7f\x80\u2028\u2029\ufeff",
    "e\u0301 \U0010ffff",
]


def asked(booth: Booth, group: Group[Any], expression: str, *given: Any) -> Any:
    """Over ``group``, the browser's, and ``given``."""
    return booth.ask(
        "groups/named.js",
        f"((group) => {expression})(it.NAMED.get(given[0]))".replace("$", "given.slice(1)"),
        group.name,
        *given,
    )


@GROUPS
def test_credentials(booth: Booth, group: Group[Any]) -> None:
    for credential in (CREDENTIAL, *(credentials.new_credential() for _ in range(5))):
        found = booth.page.evaluate(
            """async ([name, uuid, credential]) => {
              const { NAMED } = await import("/ballots/groups/named.js");
              const it = await import("/ballots/credentials.js");
              const group = NAMED.get(name);
              return [String(it.secret(group, uuid, credential)),
                group.write(it.publicKey(group, uuid, credential))];
            }""",
            [group.name, UUID, credential],
        )
        assert found == [
            str(credentials.secret(group, UUID, credential)),
            group.write(credentials.public(group, UUID, credential)),
        ]


def test_new_credentials(booth: Booth) -> None:
    made = booth.ask("credentials.js", "Array.from({ length: 300 }, it.newCredential)")
    assert len(set(made)) == 300
    assert len({letter for credential in made for letter in credential}) == 58 + 1
    for credential in made:
        credentials.secret(ED25519, UUID, credential)  # it has the form


def test_chance_is_below_and_reaches_everywhere(booth: Booth) -> None:
    """Every remainder of a small bound comes about as often as the others, and the numbers below q
    fill it to its top."""
    drawn = booth.ask("random.js", "Array.from({ length: 6000 }, () => Number(it.randomBelow(6n)))")
    assert set(drawn) == set(range(6))
    assert all(800 < drawn.count(n) < 1200 for n in range(6))
    large = booth.page.evaluate(
        """async (q) => {
          const { randomBelow } = await import("/ballots/random.js");
          return Array.from({ length: 300 }, () => String(randomBelow(BigInt(q))));
        }""",
        str(ED25519.q),
    )
    numbers = [int(n) for n in large]
    assert all(0 <= n < ED25519.q for n in numbers)
    assert len(set(numbers)) == 300
    assert max(numbers) > 0.9 * ED25519.q
    assert min(numbers) < 0.1 * ED25519.q


@pytest.mark.parametrize("text", STRANGE)
def test_json_and_hashes_of_strange_text(booth: Booth, text: str) -> None:
    data = text.encode()
    written = booth.ask("json_form.js", "it.dump({ b: given[0], a: [given[0]] })", text)
    assert written.encode() == json_form.dump({"b": text, "a": [text]})
    assert booth.ask("elections.js", "it.fingerprint(given[0])", text) == fingerprint(data)
    assert booth.ask("bytes.js", "it.sha256Hex(given[0])", text) == sha256(data).hexdigest()


@pytest.mark.parametrize("sum", [0, 1, 2**30 - 1, 2**30, 2**60])
def test_weights(booth: Booth, sum: int) -> None:
    written = booth.ask("json_form.js", "it.dump(it.weightJson(BigInt(given[0])))", str(sum))
    assert written.encode() == json_form.dump(weight_json(sum))


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a":1}', '{"a": 1}', '{"a":1}\n', '{"a":1.0}', '{"a":"\\u00e4"}', '{"a":1e0}', "{"],
)
def test_what_is_not_canonical(booth: Booth, text: str) -> None:
    code = booth.page.evaluate(
        """async (text) => {
          const it = await import("/ballots/json_form.js");
          try { return it.canonical(text, it.record({ a: (value) => value })); }
          catch (error) { return error.code; }
        }""",
        text,
    )
    assert code in ("malformed", "not-canonical")


@pytest.mark.parametrize("text", ['"\\ud800"', "7", "null"])
def test_half_a_character_is_no_string(booth: Booth, text: str) -> None:
    code = booth.page.evaluate(
        """async (text) => {
          const it = await import("/ballots/json_form.js");
          try { return it.canonical(text, it.string); } catch (error) { return error.code; }
        }""",
        text,
    )
    assert code == "malformed"


@GROUPS
def test_hashing_to_a_scalar(booth: Booth, group: Group[Any]) -> None:
    elements = [group.power(group.g, n) for n in (1, 0, 4711)]
    found = booth.page.evaluate(
        """async ([name, elements]) => {
          const { NAMED } = await import("/ballots/groups/named.js");
          const { hashToScalar } = await import("/ballots/groups/group.js");
          const group = NAMED.get(name);
          return String(hashToScalar(group, "prove|«é»|", elements.map(group.read)));
        }""",
        [group.name, [group.write(one) for one in elements]],
    )
    assert found == str(hash_to_scalar(group, "prove|«é»|", elements))


@GROUPS
def test_powers_and_products(booth: Booth, group: Group[Any]) -> None:
    for n in (0, 1, 2, group.q - 1, group.q, 4711**20):
        for base in (group.g, group.one, group.power(group.g, 815)):
            found = asked(
                booth,
                group,
                "[group.power, group.secretPower, (e, n) => group.product([e, group.g], [n, 0n])]"
                ".map((power) => group.write(power(group.read($[0]), BigInt($[1]))))",
                group.write(base),
                str(n),
            )
            assert found == [group.write(group.power(base, n))] * 3


@pytest.mark.parametrize("i", [-1, 0, 1, 2, 50])
def test_generators(booth: Booth, i: int) -> None:
    found = asked(booth, ED25519, "group.write(group.generator($[0]))", i)
    assert found == ED25519.write(ED25519.get_generator(i))


@pytest.mark.parametrize("ints", [[0], [0] * 30, [255] * 30, [1, 2, 3, 4, 5], list(range(30)), [7]])
def test_integers_in_an_element(booth: Booth, ints: list[int]) -> None:
    element, back = asked(
        booth,
        ED25519,
        "((e) => [group.write(e), group.toInts($[0].length, e)])(group.ofInts($[0]))",
        ints,
    )
    assert element == ED25519.write(ED25519.of_ints(ints))
    assert back == ints


def test_integers_that_fit_no_element(booth: Booth) -> None:
    script = """async ([ints, name]) => {
      const { NAMED } = await import("/ballots/groups/named.js");
      try { NAMED.get(name).ofInts(ints); } catch (error) { return error.code; }
    }"""
    for ints in ([0] * 31, [256], [-1], [1.5]):
        assert booth.page.evaluate(script, [ints, "Ed25519"]) == "cannot-encode"
    assert booth.page.evaluate(script, [[1], "BELENIOS-2048"]) == "cannot-encode"


P = 2**255 - 19
ORDER_8 = "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"  # RFC bytes, reversed

NO_ELEMENTS = {
    "not on the curve": f"{2:064x}",
    "of order 2": f"{P - 1:064x}",
    "of order 8": ORDER_8,
    "y = 0, of order 4": f"{0:064x}",
    "the neutral element, y above p": f"{P + 1:064x}",
    "the neutral element with a sign": f"{2**255 + 1:064x}",
    "too short": "0" * 62 + "1",
    "capital letters": ED25519.write(ED25519.power(ED25519.g, 7)).upper(),
    "of another group": "2",
    "no text": 7,
}


@pytest.mark.parametrize("name", NO_ELEMENTS)
def test_what_is_no_element(booth: Booth, name: str) -> None:
    """Nothing that is read is used before it is known to be of the group."""
    script = """async (text) => {
      const { ED25519 } = await import("/ballots/groups/named.js");
      try { return ED25519.read(text); } catch (error) { return error.code; }
    }"""
    assert booth.page.evaluate(script, NO_ELEMENTS[name]) == "not-an-element"


def test_of_the_curve_but_not_of_the_subgroup(booth: Booth) -> None:
    """g plus the point of order 2, by the curve's own arithmetic."""
    code = booth.page.evaluate(
        """async () => {
          const { ed25519 } = await import("/ballots/vendor/noble-curves/ed25519.js");
          const { ED25519 } = await import("/ballots/groups/named.js");
          const { Point } = ed25519;
          const two = Point.fromAffine({ x: 0n, y: Point.Fp.ORDER - 1n });
          const mixed = Point.BASE.add(two).toBytes().reverse();
          const text = Array.from(mixed, (b) => b.toString(16).padStart(2, "0")).join("");
          try { return ED25519.read(text); } catch (error) { return error.code; }
        }"""
    )
    assert code == "not-an-element"


def test_what_is_no_element_of_the_other_group(booth: Booth) -> None:
    script = """async (text) => {
      const { BELENIOS_2048 } = await import("/ballots/groups/named.js");
      try { return String(BELENIOS_2048.read(text)); } catch (error) { return error.code; }
    }"""
    g = int(BELENIOS_2048.g)
    p = g * int(BELENIOS_2048.divide(1, BELENIOS_2048.g)) - 1  # a multiple of p
    assert booth.page.evaluate(script, str(g)) == str(g)
    for text in ("0", "2", "02", "-1", str(g) + "0" * 600, str(p + 1), str(int(g) + 1)):
        assert booth.page.evaluate(script, text) == "not-an-element"


def test_keys_from_a_seed(booth: Booth) -> None:
    seed = pki.new_seed()
    found = booth.page.evaluate(
        """async (seed) => {
          const { ED25519 } = await import("/ballots/groups/named.js");
          const { keys } = await import("/ballots/pki.js");
          const { sk, dk, verification, encryption } = keys(ED25519, seed);
          return [sk, dk, ED25519.write(verification), ED25519.write(encryption)].map(String);
        }""",
        seed,
    )
    keys = pki.keys(ED25519, seed)
    ours = [keys.sk, keys.dk, ED25519.write(keys.verification), ED25519.write(keys.encryption)]
    assert found == list(map(str, ours))
