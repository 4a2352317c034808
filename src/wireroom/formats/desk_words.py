"""How agencies write to newsrooms: data, by what a message asks for and by language.

Patterns are held against a headline after its decoration (``***``, ``BC-``, ``[``) was passed
over, without regard to capitals but where they say ``(?-i:``: agencies shout labels, and
stories begin with the same words in small letters.
"""

import re
from typing import Final

from .item import Kind

#: What ends a label: a colon, a dash, or the line. A hyphen inside a word is none.
_ENDS: Final = r"(?:\s*(?:[:;\u2013\u2014*\])/]|$)|\s+[-,]|,\s|-\s|(?-i:-(?=[A-Z])))"
#: What a message to editors speaks of.
_COPY: Final = (
    r"(?:stor(?:y|ies)|items?|copy|texts?|reports?|dispatch(?:es)?|series|messages?|alerts?"
    r"|newsalerts?|flash(?:es)?|takes?|pictures?|photos?|images?|video|captions?|headlines?|bylines?"
    r"|datelines?|slugs?|paragraphs?|sentences?|websites?|archives?|interview"
    r"|meldung(?:en)?|berichts?|text(?:e|es)?|fotos?|bild(?:er)?|motiv|absatz"
    r"|dépêches?|photos?|paragraphe|noticias?|notas?|fotografías?|párrafo)"
)
_DAY: Final = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|the (?:week|day|weekend)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?|(?:noon|midnight|\d{1,4})\b"
)
_NEWSROOM: Final = (
    r"(?:editors|eds|(?:news )?desks?|newsrooms?|news directors?|subscribers|clients|customers"
    r"|members|(?:the )?media|(?:photo|picture|news) editors|redaktion(?:en)?|kunden|abonnenten"
    r"|rédactions|rédacteurs|abonnés|editores|abonados|clientes|medios|redacciones)"
)
_SORT: Final = (
    r"(?:mandatory|urgent|picture|photo|video|graphics?|image|story|copy|coverage|media|press"
    r"|client|customer|subscriber|member|wire|style|editorial|editors'?|service|technical|legal"
    r"|news|newsroom|sports?|features?|business|transmission|correction|advisory|partial)"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


#: What stands before a label and says nothing.
DECORATION: Final = re.compile(
    r"[\W_]*(?:(?:BC|AM|PM|AP|AFP|PA|R E P E A T|ALERT|URGENT|Achtung|ACHTUNG|XXX|xxx)\b[\W_]+)*"
)
#: One of these words is in every headline, slugline or note that can be a message.
TRADE: Final = frozenset(
    """
    accreditation advisories advisory alert alerts archives attention attn budget byline caption
    client clients copy correct corrected correction corrective coverage customer customers
    dateline daybook dear desk desks diary digest directors disregard draft dummy editorial
    editors eds eliminated elimination embargo embargoed error features graphics guidance
    headline hello hold housekeeping ignore images insert item items kill killed legal line
    lineup line-up list live lorem media memo message newslist newsroom newsrooms not note notice
    operational opportunity photo photos picture pictures planned planner planning please pool
    prospects publish recalled remove replace report retract retracted retraction rights schedule
    sent service slug spelling stories story style subscribers substitution take takedown test
    testing text used wire withdraw withdrawal withdrawn withheld withhold use
    achtung agenturhinweis berichtigung bitte hinweis korrekturhinweis löschung meldung
    redaktion redaktionen rückzug sperrfrist tagesvorschau terminvorschau testmeldung
    themenplanung themenvorschau themen ziehen zurückgezogen
    annulation avis essai merci prière prévisions rectificatif rédactions supprimer
    abonados agenda anulación anulen aviso corrijan editores eliminen embargada embargado esto
    medios nota noticia previsiones prueba retiren
    एम्बार्गो कृपया परीक्षण प्रस्तावित रद्द संपादकों
    """.split()  # noqa: SIM905 (words are read as text, not as a column of them)
)

#: Something that was sent must not be used, or not yet, or not as it is.
FORBIDS: Final = _any(
    # kills
    rf"(?:{_SORT}\s+)*kill(?:\s+(?:advisory|notice|order|note|mandatory))*{_ENDS}",
    r"(?:kill\W+){2,}",
    r'killed:\s*["\u201c\u201e\u00ab]',
    rf"(?:bc|am|pm)-\S.*\b(?:kill|withhold|withdraw|elimination)\b{_ENDS}",
    rf"{_COPY}\s+(?:(?:is|was|has been)\s+)?"
    rf"(?:killed|withdrawn|retracted|recalled|eliminated|sent in error){_ENDS}",
    rf"(?-i:KILLED|WITHDRAWN?|RETRACT(?:ED|ION)|WITHHELD|WITHHOLD|HOLD|ELIMINATION|DISREGARD"
    rf"|CORRECT|CORRECTIVE|RECALLED){_ENDS}",
    rf"with(?:hold|held)(?:\s+advisory)?{_ENDS}",
    r"retraction (?:notice|advisory|note)\b",
    rf"withdrawal of {_COPY}\b",
    rf"recalled:.*\b{_COPY}$",
    r"take\s?down notice\b",
    # not to be used
    rf"(?:please )?do not (?:use|publish){_ENDS}",
    rf"(?-i:NOT FOR (?:PUBLICATION|USE)){_ENDS}",
    r".*\b(?:do not|may not be|must not be|can no longer be) use[d]?\W*$",
    rf"sent in error{_ENDS}",
    # asked of editors
    r".{0,60}\bplease (?:kill|correct|disregard|withhold|delete|amend|withdraw|eliminate)\b",
    rf".{{0,60}}\bplease (?:ignore|remove|replace|pull|take down|hold)\b.{{0,60}}\b{_COPY}\b",
    r".{0,60}\bplease (?:note (?:a )?correction|read (?:in|at) (?:the )?\S+ paragraph)\b",
    r"(?:ignore|disregard) (?:the |our )?(?:previous|last|above|preceding)\b",
    r"correct (?:the )?(?:\S+ )?(?:byline|caption|dateline|headline|slug|spelling|paragraph"
    r"|figure|name|score) (?:in|of|on)\b",
    r"insert dropped\b",
    rf"(?:legal|rights) notice:|remove .{{1,60}} from .{{0,40}}\b{_COPY}\W*$",
    rf"correction (?:to|of) (?:{_COPY})\b",
    rf"correct(?:ion|ed)\s+(?:required|needed|notice|caption){_ENDS}",
    r"correct(?:ed|ion) caption needed\b",
    rf"att(?:entio)?n\.?\s+{_NEWSROOM}\W+(?:please )?(?:correct|kill|withhold|disregard)\b",
    # embargoes
    r"(?:strictly |under )?embargo(?:ed)?(?:\s+(?:until|till|to)\s+\S*\d|\s+(?:until|till)\b)",
    rf"(?-i:(?:STRICTLY )?EMBARGO(?:ED)?){_ENDS}",
    rf"embargo (?:change|broken|notice|reminder|moved)(?:{_ENDS}|\s+(?:for|of|on)\b)",
    r"embargo, hold for release\b|note: embargo\b",
    rf"hold for release{_ENDS}",
    # German
    r".*\bziehen sie\b.*\bzurück",
    rf".*\b(?:meldung|bild|foto|text)\s+(?:\S+\s+)?zurückgezogen{_ENDS}",
    r"rückzug: (?:meldung|bild|foto|text)",
    rf"sperrfrist(?:\s+(?:\d|bis|heute|verlängert|geändert)|{_ENDS})",
    r"bitte (?:nicht verwenden|korrigieren|löschen|berichtigen|ändern)\b",
    rf"berichtigung an\b|korrekturhinweis{_ENDS}|löschung: (?:bild|foto|meldung)",
    # French
    r"(?-i:ANNULATION)\s*[:-]|(?:prière|merci) (?:d'|de )(?:annuler|corriger|lire|supprimer)\b",
    r"(?-i:SOUS EMBARGO)|sous embargo jusqu|embargo .*\bnote aux rédactions",
    r"rectificatif à l'attention|photos? à supprimer",
    # Spanish
    r"(?-i:ANULACIÓN)\s*[:-]|anulen\b|embargad[ao] hasta\b",
    r"(?:.*[:,]\s*)?(?:corrijan|retiren|eliminen|anulen) .*\b(?:nota|noticia|fotografía)\b",
    # Hindi
    "समाचार रद्द|एम्बार्गो|कृपया सुधार",
)
#: It only tries the line.
TESTS: Final = _any(
    r"(?-i:TEST)\W*$|test\W*$|(?:(?:test|xxx)\W+)+(?:test|xxx)\W*$|(?-i:(?:TEST ){2,})",
    rf"(?:(?:{_SORT}|alert|line|story)\s+)*test(?:\s+(?:message|story|only|item|transmission|alert))"
    rf"(?:{_ENDS}|\s+(?:from|of|for)\b)",
    r"(?-i:TEST)\s*(?:[-\u2013\u2014\])]|:\s)",
    r"(?-i:TEST EMBARGO|(?:ALERT )?TEST - )",
    r"this is (?:only )?a test(?: message)?\W*(?:$|[,.-])",
    r"testing(?:\W+\d)+\W*$",
    r"(?:wire|line|technical|feed|routine) test(?:$|\s*[,:-])",
    r".*\btest (?:results|data) - not real\b",
    r".*\bresults test \d+$",
    r"(?:dummy|blind) (?:story|text|item)\b|hello world\W*$|lorem ipsum\b|line check\W*$",
    rf"testmeldung{_ENDS}|dies ist (?:nur )?ein test\b|essai technique{_ENDS}",
    rf"(?-i:PRUEBA){_ENDS}|esto es una prueba\b|परीक्षण संदेश",
)
#: What the newsroom plans, or the world.
PLANS: Final = _any(
    rf"(?:\S+\s+){{0,3}}(?:news|sports?|photo|picture|features?|video) (?:budget|digest|agenda)"
    rf"(?:{_ENDS}|\s+(?:for|at|from)\s+(?:{_DAY})|\s+\d)",
    rf"(?:(?:news|graphics?|editors'?|holiday|coverage|picture|video|features?) )schedule"
    rf"(?:{_ENDS}|\s+(?:for\s+)?(?:{_DAY}))",
    rf"(?:\S+\s+){{0,3}}daybook(?:{_ENDS}|\s+for\b)|(?:.*\b)?newsroom diary\b",
    rf"(?-i:DIARY|DAYBOOK){_ENDS}",
    rf"(?:press digest|video|photo|news) (?:schedule|planning){_ENDS}",
    rf"planning note{_ENDS}|coverage plans?{_ENDS}|forward planner{_ENDS}",
    rf"planned (?:features|stories|coverage)(?:{_ENDS}|\s+(?:for|from)\b)",
    rf".*\b(?:stories|features) planned for (?:{_DAY})|.*: planned stories\W*$",
    rf"(?:news|story|photo) ?list(?:{_ENDS}|\s+(?:at|for)\b|\s+\d)",
    rf"(?:weekend )?(?:features?|story|news) line-?up{_ENDS}",
    rf"prospects for (?:{_DAY})\W*$|stories for (?:{_DAY})\W*$",
    r"live video: what is coming up\b|early guidance\b",
    rf"(?:themenplanung|terminvorschau|tagesvorschau|themenvorschau)\b|\S+-themen{_ENDS}",
    r"prévisions \S+ pour\b|agenda \S+ (?:de la semaine|du jour)",
    rf"previsiones(?: informativas)?(?:{_ENDS}|\s+para\b)|agenda informativa\b",
    "आज के प्रस्तावित कार्यक्रम",
)
#: It speaks to newsrooms of something else.
ADVISES: Final = _any(
    rf"(?:{_SORT}\s+)*(?:advisory|advisories){_ENDS}",
    r"(?-i:ADVISORY)\b",
    rf"(?:note|notice|memo|attention|attn\.?|advisory|message|to all|dear|hinweis an die|achtung"
    rf"|avis aux|note aux|aviso a los|nota a los)(?:\s+(?:to|all))*\W+{_NEWSROOM}\b",
    rf"{_NEWSROOM}(?:/{_NEWSROOM})*\s*:(?<!media:)(?<!members:)(?<!customers:)(?<!clients:)",
    r"(?-i:EDITORS'?S? NOTE|NOTE TO EDITORS)\b",
    rf"(?:(?:client|customer|subscriber|service|operational|housekeeping) (?:note|message|notice)"
    rf"|housekeeping){_ENDS}",
    r"end of service\W*$|.*: notice to media\W*$",
    rf"(?:interview|photo|media) opportunity{_ENDS}|pool report \d+",
    r"good morning from the \S+ desk\b",
    rf"agenturhinweis{_ENDS}|संपादकों के लिए सूचना",
)
#: The same of a slugline.
SLUG_FORBIDS: Final = re.compile(
    r".*[,\s](?:kill|withdraw(?:n|al)?|withhold|elimination)$"
    r"|(?:\S+-)?(?:kill|withheld|withhold|retraction|correct|disregard|elimination)$",
    re.IGNORECASE,
)
SLUGS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"test(?:-ignore|-message)?$", re.IGNORECASE), "test"),
    (re.compile(r".*\bnews (?:budget|digest)$|(?:bc-)?daybook\b", re.IGNORECASE), "planning"),
    (re.compile(r".*\badvisory$|(?:bc-)?advisory\b", re.IGNORECASE), "advisory"),
)
#: Categories that can mean nothing else, in small letters.
CATEGORIES: Final[dict[str, Kind]] = {
    "advisory": "advisory",
    "editorial advisory": "advisory",
    "media advisory": "advisory",
    "note to editors": "advisory",
    "daybook": "planning",
    "news budget": "planning",
    "planning note": "planning",
    "test message": "test",
}
CATEGORIES_FORBID: Final = frozenset({"kill", "withdrawn", "embargoed", "correction notice"})
#: What a note to editors says of the story that it stands by.
NOTE_KILLS: Final = _any(
    r"(?:^|[.:!]\s*)(?:please )?(?:kill|withhold|retracted|withdrawn|disregard)\b",
    rf"\b{_COPY} (?:is|was|has been) (?:hereby )?(?:killed|withdrawn|retracted|withheld)\b",
    r"\bplease (?:kill|withhold|disregard)\b",
    r"\bdo not (?:use|publish)\s*(?:$|[.!,;\u2013\u2014-]|until\b|before\b|yet\b)",
    r"\bnot for (?:use|publication)\s*(?:$|[.!])",
    r"\bnicht verwenden\b|\bne pas (?:utiliser|publier)\b|\bno (?:usar|publicar)\b",
)
#: The same of its time.
NOTE_EMBARGOES: Final = _any(
    r"\bnot (?:to be used|for (?:use|publication))\b[^.]{0,30}\b(?:before|until)\b",
    r"\bhold for release\b|\bfor release (?:at|on)\b|\bembargo(?:ed)? (?:until|till|to)\b",
    r"\bsperrfrist\b|\bsous embargo\b|\bembargad[ao] hasta\b",
)
#: How a text begins that is a message whole.
SPEAKS: Final = _any(
    rf"(?:attention|attn|dear|note to|to all)\W+{_NEWSROOM}\b",
    r"(?:photo |picture )?(?:editors?|eds|news directors|clients|rédactions)(?:/[a-z ]+)?\s*:",
    r"(?:photo |picture )?editors, please\b",
    r"please (?:kill|withhold|disregard)\b|this is (?:only )?a test\W",
)
#: What a message says of copy, somewhere at its beginning.
ASKS: Final = _any(
    rf"\b(?:{_NEWSROOM}) (?:are (?:asked|advised|requested)|should|please)\b.{{0,120}}\b{_COPY}\b",
    r"\b(?:please|merci de|bitte) (?:kill|correct|withhold|disregard|delete|amend|replace it with"
    r"|do not use|pull it|take it down|update)\b",
    rf"\b(?:eliminate|kill|withdraw) the (?:{_COPY})\b",
    r"\bmust be removed (?:from|at once)\b|\bmay not be used\b|\bmust not be used\b",
    r"\bshould not be used\b|\bplease (?:purge|remove|correct)\b",
)
