"""Words for yes, no and abstention, as answers to a form have them in the languages of Europe.

A word is known alone ("Ja"), with what follows it after a comma or the like ("Yes, with changes"),
and a verb with its object ("Reject the slate"). What is not known is not guessed at, nor what says
two things ("Yes, no").
"""

from __future__ import annotations

import re
from typing import Literal

Choice = Literal["yes", "no", "abstention"]

_YES = (
    "yes|aye|for|in favour|in favor|agree|agreed|i agree|approve|i approve|accept|i accept|"
    "support|i support|"
    # Germanic: German, Dutch, Danish, Norwegian, Swedish, Icelandic
    "ja|dafür|zustimmung|ich stimme zu|zustimmen|einverstanden|annehmen|pro|voor|akkoord|"
    "ik ga akkoord|eens|for|för|bifall|já|með|"
    # Romance: French, Spanish, Italian, Portuguese, Catalan, Romanian
    "oui|pour|d'accord|je suis d'accord|j'accepte|j'approuve|approuver|sí|si|a favor|de acuerdo|"
    "estoy de acuerdo|apruebo|sì|a favore|favorevole|d'accordo|sono d'accordo|approvo|sim|"
    "de acordo|concordo|aprovo|d'acord|da|pentru|de acord|"
    # Slavic: Polish, Czech, Slovak, Slovene, Croatian, Bulgarian, Russian, Ukrainian
    "tak|za|jestem za|zgadzam się|ano|pro návrh|souhlasím|áno|súhlasím|soglašam|slažem se|"
    "да|за|съгласен|согласен|согласна|так|згоден|згодна|"
    # others: Finnish, Estonian, Latvian, Lithuanian, Hungarian, Greek, Turkish, Irish, Basque
    "kyllä|puolesta|jaa|jah|poolt|jā|par|taip|už|igen|mellette|ναι|υπέρ|evet|kabul|tá|bai"
)
_NO = (
    "no|nay|against|opposed|oppose|i oppose|disagree|i disagree|reject|i reject|not in favour|"
    "not in favor|"
    "nein|dagegen|ablehnung|ablehnen|ich lehne ab|nicht einverstanden|contra|kontra|nee|tegen|"
    "niet akkoord|oneens|nej|nei|imod|mod|mot|imot|emot|avslag|móti|"
    "non|contre|pas d'accord|je ne suis pas d'accord|je refuse|rejeter|en contra|rechazo|"
    "en desacuerdo|contro|contrario|contraria|non sono d'accordo|respingo|não|nao|discordo|"
    "rejeito|nu|împotrivă|contra|"
    "nie|przeciw|przeciwko|jestem przeciw|nie zgadzam się|ne|proti|nesouhlasím|nesúhlasím|protiv|"
    "не|против|нет|ні|проти|"
    "ei|vastaan|vastu|nē|pret|prieš|nem|ellene|όχι|οχι|κατά|hayır|ret|níl|ez"
)
_ABSTENTION = (
    "abstain|abstention|abstained|abstaining|i abstain|"
    "enthaltung|stimmenthaltung|enthalten|enthalte mich|ich enthalte mich|onthouding|onthouden|"
    "ik onthoud me|ik onthoud mij|undlader|undlader at stemme|avstår|avstå|jag avstår|"
    "jeg avstår|nedlagd röst|avholder meg|sitja hjá|sit hjá|"
    "je m'abstiens|m'abstenir|s'abstenir|abstención|abstencion|me abstengo|abstenerse|astensione|"
    "astenuto|astenuta|mi astengo|abstenção|abstencao|abstenho-me|abstenció|m'abstinc|"
    "abținere|mă abțin|abtinere|"
    "wstrzymuję się|wstrzymanie się|wstrzymał się|wstrzymuje sie|wstrzymuję się od głosu|"
    "zdržuji se|zdržel se|zdržení se|zdržiavam sa|zdržal sa|vzdržan|vzdržim se|suzdržan|"
    "suzdržana|въздържал се|въздържам се|воздержался|воздержалась|воздерживаюсь|воздержаться|"
    "утримався|утрималась|утримуюсь|утримуюся|"
    "pidättäydyn|pidättäytyy|erapooletu|atturos|atturas|susilaikau|susilaikė|tartózkodom|"
    "tartózkodás|tartózkodik|αποχή|απέχω|çekimser|staonadh|abstentzioa"
)
_MEANS: dict[str, Choice] = {
    **dict.fromkeys(_YES.split("|"), "yes"),
    **dict.fromkeys(_NO.split("|"), "no"),
    **dict.fromkeys(_ABSTENTION.split("|"), "abstention"),
}
_ANSWERS = frozenset(
    (
        *("yes", "no", "ja", "nein", "nee", "nej", "nei", "oui", "non", "sí", "sì", "si", "sim"),
        *("não", "tak", "nie", "ano", "áno", "ne", "да", "нет", "не", "kyllä", "ei", "igen"),
        *("nem", "ναι", "όχι", "evet", "hayır"),
    )
)
"""Those of them that answer a question of yes and no, whatever it is about."""

_VERBS = frozenset({"approve", "accept", "support", "reject", "oppose", "abstain"})
_LEADING = re.compile(r"(?P<lead>[^,;:.!()–—-]+?)\s*(?:[,;:.!(–—]|\s-)(?P<rest>.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")


def meaning_of(text: str) -> Choice | None:
    """What the answer says, None if that is not known, or if it says two things."""
    said = _plain(text)
    if said in _MEANS:
        return _MEANS[said]
    if leading := _LEADING.fullmatch(said):
        lead, rest = _MEANS.get(leading["lead"]), leading["rest"]
    else:
        verb, _, rest = said.removeprefix("i ").partition(" ")
        lead = _MEANS[verb] if verb in _VERBS else None
    others = {_MEANS[word] for word in _WORD.findall(rest) if word in _MEANS}
    return lead if others <= {lead} else None


def answers_yes_or_no(text: str) -> Choice | None:
    """What a cell says that holds just a yes or a no ("Oui", "Nein"), None for any other."""
    said = _plain(text)
    return _MEANS[said] if said in _ANSWERS else None


def _plain(text: str) -> str:
    """In small letters, one kind of apostrophe, single spaces, nothing after the end."""
    return " ".join(text.replace("’", "'").casefold().split()).rstrip(" .!")
