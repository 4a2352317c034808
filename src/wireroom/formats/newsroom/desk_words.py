"""How agencies write to newsrooms: data, by what a message asks for and by language.

Patterns are held against a headline after its decoration (``***``, ``BC-``, ``[``) was passed
over, without regard to capitals but where they say ``(?-i:``: agencies shout labels, and
stories begin with the same words in small letters.

Beside patterns stands what they need: none of them fits where all of these words are absent,
and to see that costs a fraction of trying them.
"""

import re
from typing import Final

from wireroom.formats.item import Kind

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


def _words(*patterns: str) -> re.Pattern[str]:
    """Join patterns of small letters that begin at a word: several times faster to search for."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


def _needs(words: str) -> frozenset[str]:
    """Give the runs of letters in words, as ``advisories.runs_in`` finds them."""
    return frozenset(re.findall(r"[^\W_]+", words))


#: What stands before a label and says nothing.
DECORATION: Final = re.compile(
    r"[\W_]*(?:(?:BC|AM|PM|AP|AFP|PA|R E P E A T|ALERT|URGENT|Achtung|ACHTUNG|XXX|xxx)\b[\W_]+)*"
)
#: One of these words is in every headline, slugline or note that can be a message.
TRADE: Final = frozenset(
    """
    abonados abonnenten abonnés absatz accreditation achtung advance advisories advisory agenda
    agenturhinweis alert alerts alle amendment annulation anulación anulada anulen archives
    attention attn available avis aviso berichtigung bild bildlöschung bitte budget byline
    calendar call cancel caption check client clients coming convocatoria copy correct corrected
    correction corrective corrijan coverage covering customer customers dateline daybook dear desk
    desks despacho diary digest directors dispatch disregard draft dummy dépêche editor editores
    editorial editors eds eilt eliminated elimination eliminen embargada embargado embargo
    embargoed error essai esto expected features feed fix flash foto graphics guidance headline
    hello hinweis hold housekeeping ignore image images important insert interview invitation item
    items journalists kill killed korrekturhinweis kunden legal line line-up lineup list live
    lorem löschung media medios meldung members memo mensaje menu merci message names newslist
    newsroom newsrooms not nota note notice noticia operational opportunity paragraph photo
    photographers photos picture pictures plan planificación planned planner planning plans
    planung please pool press presse presseeinladung previous previsiones prière prospects prueba
    prévisions publish recall recalled rectificatif redacciones redaktion redaktionell
    redaktioneller redaktionen reminder removal remove removed repeated replace report reporters
    retiren retract retracted retracting retraction rights rogamos ruega rédaction rédactions
    rückzug schedule sent service service-hinweis slug spelling sperrfrist stories story style
    subscribers substitution supprimer swap tagesvorschau take takedown temas terminvorschau test
    testing testmeldung testpost tests text themen themenplanung themenvorschau under unpublish
    until upcoming urgent use used video vorausmeldung vorschau warning we're wire withdraw
    withdrawal withdrawing withdrawn withheld withhold wochenvorschau words wrong ziehen
    zurückgezogen
    एम्बार्गो कृपया टेस्ट परीक्षण प्रस्तावित मीडिया रद्द संपादक संपादकों समाचार
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
    rf"(?-i:KILLED|WITHDRAWN?|RETRACT(?:ED|ION)?|WITHHELD|WITHHOLD|HOLD|ELIMINATION|DISREGARD"
    rf"|CORRECT|CORRECTIVE|RECALLED){_ENDS}",
    rf"with(?:hold|held)(?:\s+advisory)?{_ENDS}",
    r"retraction (?:notice|advisory|note)\b|notice of (?:retraction|withdrawal)\b",
    r"(?:story|item|copy|dispatch)\s+(?:\S+\s+){0,8}(?:is|was|has been)\s+(?:being\s+)?"
    rf"(?:killed|withdrawn|retracted){_ENDS}",
    r"(?:\S+\s+)?do not use (?:the |this |any )?"
    r"(?:picture|photo|image|story|copy|video) (?:of|from)\b",
    rf"withdrawal of {_COPY}\b|we (?:are withdrawing|withdraw|retract|recall) (?:the|our)\b",
    rf"repeated by mistake\b|unpublish\b|amendment to {_COPY}\b",
    rf"recalled:.*\b{_COPY}$",
    r"take\s?down notice\b",
    # not to be used
    rf"(?:please )?do not (?:use|publish){_ENDS}",
    rf"(?-i:NOT FOR (?:PUBLICATION|USE)){_ENDS}",
    r".*\b(?:do not|may not be|must not be|can no longer be) use[d]?\W*$",
    rf"sent in error{_ENDS}",
    r"please do not (?:use|run|publish|broadcast)\b|.*\bcheck against delivery\b",
    r"(?:this|the) (?:story|item) has been (?:removed|withdrawn|deleted)\b",
    r"(?-i:NOTE): .*\b(?:must|may) not be (?:published|used|named)\b",
    # asked of editors
    r"(?:photo|picture|story|text) removal\b|removal request\b",
    rf"(?:byline|caption|headline|dateline|slug|figure) (?:correction|fix|change){_ENDS}",
    r".{0,60}\bplease (?:kill|correct|disregard|withhold|delete|amend|withdraw|eliminate)\b",
    rf".{{0,60}}\bplease (?:ignore|remove|replace|pull|take down|hold)\b.{{0,60}}\b{_COPY}\b",
    r".{0,60}\bplease (?:note (?:a )?correction|read (?:in|at) (?:the )?\S+ paragraph)\b",
    r"(?:ignore|disregard|cancel) (?:the |our )?(?:previous|last|above|preceding) (?:\S+ )?"
    rf"{_COPY}\b",
    rf"(?:\S+\s+)?previous {_COPY} .*\bin error\b|.*[-,:\u2013]\s+please \w+\W*$",
    r"correct (?:the )?(?:\S+ )?(?:byline|caption|dateline|headline|slug|spelling|paragraph"
    r"|figure|name|score) (?:in|of|on)\b",
    r"insert dropped\b",
    rf"(?:legal|rights) notice:|remove .{{1,60}} from .{{0,40}}\b{_COPY}\W*$",
    rf"correction (?:to|of) (?:{_COPY})\b",
    rf"correct(?:ion|ed)\s+(?:required|needed|notice|caption)(?:{_ENDS}|\s+(?:to|in|on)\b)",
    r"(?:correction|corrección|berichtigung|correctif) (?:for|to|para|an|aux) (?:die )?"
    r"(?:editors|editores|redaktionen|rédactions)\b",
    r"warning: (?:story|item|picture) .*\bunder review\b",
    r"correct(?:ed|ion) caption needed\b",
    rf"att(?:entio)?n\.?\s+{_NEWSROOM}\W+(?:please )?(?:correct|kill|withhold|disregard)\b",
    # embargoes
    r"(?:strictly |under )?embargo(?:ed)?(?:\s+(?:until|till|to)\s+\S*\d|\s+(?:until|till)\b)",
    rf"(?-i:(?:STRICTLY )?EMBARGO(?:ED)?){_ENDS}",
    rf"embargo (?:change|broken|notice|reminder|moved)(?:{_ENDS}|\s+(?:for|of|on)\b)",
    r"embargo, hold for release\b|note: embargo\b",
    rf"hold for release{_ENDS}|hold (?:until|till) \d|embargo jusqu|embargoed for\b",
    # German
    r".*\bziehen sie\b.*\bzurück",
    rf".*\b(?:meldung|bild|foto|text)\s+(?:\S+\s+)?zurückgezogen{_ENDS}",
    r"rückzug: (?:meldung|bild|foto|text)",
    rf"sperrfrist(?:\s+(?:\d|bis|heute|verlängert|geändert)|{_ENDS})",
    r"bitte (?:nicht verwenden|korrigieren|löschen|berichtigen|ändern)\b",
    r"bitte .*\b(?:absatz|meldung|überschrift|bildunterschrift)\b",
    r".*\b(?:meldung|bild|foto|text)\b.*\bnicht (?:verwenden|nutzen|senden)\b",
    rf"berichtigung an\b|korrekturhinweis{_ENDS}|löschung: (?:bild|foto|meldung)|bildlöschung\b",
    # French
    r"(?-i:ANNULATION)\s*[:-]|(?:prière|merci) (?:d'|de )(?:annuler|corriger|lire|supprimer)\b",
    r"(?-i:SOUS EMBARGO)|sous embargo jusqu|embargo .*\bnote aux rédactions",
    r".*\b(?:dépêche|photo) (?:annulée|retirée|supprimée)\b",
    r"rectificatif à l'attention|photos? à supprimer",
    # Spanish
    r"(?-i:ANULACIÓN)\s*[:-]|anulen\b|embargad[ao] hasta\b"
    r"|noticia (?:anulada|retirada)\b",
    r"(?:.*[:,]\s*)?(?:corrijan|retiren|eliminen|anulen) .*\b(?:nota|noticia|fotografía)\b",
    r"(?:rogamos|se ruega|por favor) (?:eliminar|anular|retirar|corregir|no usar)\b",
    # Hindi
    "संपादक कृपया ध्यान|.*समाचार (?:वापस|रद्द)|समाचार रद्द|एम्बार्गो|कृपया सुधार",
)
#: What they need.
FORBIDS_NEED: Final = _needs(
    """
    amendment annulation annulée anulación anulen berichtigung bildlöschung bitte byline cancel
    caption corrección correct corrected correctif correction corrective corrijan dateline
    deleted delivery disregard eliminated elimination eliminen embargada embargado embargo
    embargoed error favor figure headline hold ignore insert kill killed korrekturhinweis
    löschung merci nicht note notice noticia please previous prière publication publish recall
    recalled rectificatif removal remove removed repeated retiren retirée retract retracted
    retraction rogamos ruega rückzug slug sperrfrist supprimer supprimée takedown unpublish use
    used warning withdraw withdrawal withdrawing withdrawn withheld withhold ziehen
    zurückgezogen एम्बार्गो कृपया रद्द समाचार
    """
)
#: It only tries the line.
TESTS: Final = _any(
    r"(?-i:TEST)\W*$|test\W*$|(?:(?:test|xxx)\W+)+(?:test|xxx)\W*$|(?-i:(?:TEST ){2,})",
    rf"(?:(?:{_SORT}|alert|line|story)\s+)*test(?:\s+(?:message|story|only|item|transmission|alert))"
    rf"(?:{_ENDS}|\s+(?:from|of|for)\b)",
    # not of cricket, nor of any other match
    r"(?-i:TEST)\s*(?:[-\u2013\u2014\])]|:\s)(?!.*\b(?:\d+-\d+|\d+/\d+|v|vs|innings|stumps)\b)",
    r"(?-i:TEST EMBARGO|ALERT TEST\b)",
    r"this is (?:only )?a test(?: message)?\W*(?:$|[,.-])",
    r"testing(?:\W+\d)+\W*$|test (?:article|post|page|entry|item)(?:\W*\d+)?\W*$",
    r"(?=.*\b(?:test|testing|essai|prueba)\b)(?=.*\b(?:please (?:ignore|disregard)|do not publish"
    r"|bitte (?:nicht beachten|ignorieren)|ne pas (?:diffuser|publier|tenir compte)"
    r"|no (?:publicar|tener en cuenta))\b)",
    r"(?:wire|line|technical|feed|routine) test(?:$|\s*[,:-])",
    r".*\btest (?:results|data) - not real\b",
    r".*\bresults test \d+$",
    r"(?:dummy|blind) (?:story|text|item)\b|hello world\W*$|lorem ipsum\b|line check\W*$",
    rf"testmeldung{_ENDS}|dies ist (?:nur )?ein test\b|essai technique{_ENDS}",
    rf"(?-i:PRUEBA){_ENDS}|(?:esto es una|mensaje de) prueba\b|परीक्षण संदेश|टेस्ट संदेश",
)
#: The same of tests.
TESTS_NEED: Final = _needs(
    """
    blind check dummy essai hello lorem prueba test testing testmeldung xxx टेस्ट परीक्षण
    """
)
#: What the newsroom plans, or the world.
PLANS: Final = _any(
    rf"(?:\S+\s+){{0,3}}(?:news|sports?|photo|picture|features?|video) (?:budget|digest|agenda)"
    rf"(?:{_ENDS}|\s+(?:for|at|from)\s+(?:{_DAY})|\s+\d)",
    rf"(?:\S+\s+)?(?:news|graphics?|editors'?|holiday|coverage|picture|video|features?) "
    rf"(?:schedule|plans?|outlook)(?:{_ENDS}|\s+(?:for\s+)?(?:{_DAY})|\s+from the\b)",
    r"what we.re (?:covering|working on)\b|.*\bon our (?:video|photo|wire|text) service\b",
    rf"editorial (?:calendar|schedule|plan){_ENDS}|upcoming coverage{_ENDS}",
    rf"expected (?:stories|copy){_ENDS}|(?-i:BUDGET-News)\b|today's (?:news )?(?:plan|list)\b",
    rf"(?:\S+\s+){{0,3}}daybook(?:{_ENDS}|\s+for\b)|(?:.*\b)?newsroom diary\b",
    rf"(?-i:DAYBOOK){_ENDS}",
    rf"(?:press digest|video|photo|news) (?:schedule|planning){_ENDS}",
    rf"planning note{_ENDS}|coverage plans?{_ENDS}|forward planner{_ENDS}",
    rf"planned (?:features|stories|coverage)(?:{_ENDS}|\s+(?:for|from)\b)",
    rf".*\b(?:stories|features) planned for (?:{_DAY})|.*: planned stories\W*$",
    rf"(?:news|story|photo) ?list(?:{_ENDS}|\s+(?:at|for)\b|\s+\d)",
    rf"(?:weekend )?(?:features?|story|news) line-?up{_ENDS}",
    rf"prospects for (?:{_DAY})\W*$|stories for (?:{_DAY})\W*$",
    r"live video: what is coming up\b|early guidance\b",
    rf"(?:themenplanung|terminvorschau|tagesvorschau|themenvorschau)\b"
    rf"|wochenvorschau für redaktionen|.*\bplanung der \S*redaktion\b|\S+-themen{_ENDS}",
    r"prévisions (?!météo)\S+ pour\b|agenda \S+ (?:de la semaine|du jour)"
    r"|menu de la journée, bureau\b",
    rf"previsiones(?: informativas)?(?:{_ENDS}|\s+para\b)|agenda informativa\b"
    r"|.*\bplanificación de la (?:delegación|redacción)\b",
    "आज के प्रस्तावित कार्यक्रम",
)
#: The same of plans.
PLANS_NEED: Final = _needs(
    """
    agenda budget coming copy coverage covering daybook digest editorial editors feature
    features graphic graphics guidance holiday line lineup list menu news newslist newsroom
    photolist picture planificación planner planning planung previsiones prospects prévisions
    schedule service stories storylist tagesvorschau terminvorschau themen themenplanung
    themenvorschau today upcoming video wochenvorschau working प्रस्तावित
    """
)
#: It speaks to newsrooms of something else.
ADVISES: Final = _any(
    rf"(?:{_SORT}\s+)+(?:advisory|advisories){_ENDS}|(?-i:ADVISORY){_ENDS}|\[advisory\]",
    r"(?:\S+ )?(?:news|coverage) advisory (?:for|on)\b|advisory, bc\b",
    rf"(?:coverage|editorial|desk|wire|graphics) (?:note|notice|reminder|memo){_ENDS}",
    rf"for the attention of (?:\S+ )?{_NEWSROOM}\b|interview available{_ENDS}",
    rf"(?:media|newsroom|press|subscriber|client) notice{_ENDS}|service-?hinweis{_ENDS}",
    rf"media alert{_ENDS}|(?:photo|press) call{_ENDS}|invitation to the (?:press|media)\b",
    r"(?!letters?\b)(?:\S+\s+){1,5}(?:to|for|an die|aux|a los|für|für die) "
    rf"(?:editors|newsrooms|news desks|redaktionen|rédactions|redacciones){_ENDS}",
    rf"[aà] (?:nos|los señores) {_NEWSROOM}\b|redaktionelle[rn]? hinweise?{_ENDS}",
    r"(?-i:ADVISORY)\b",
    rf"(?:note|notice|memo|attention|attn\.?|advisory|message|to all|dear|hinweis an die|achtung"
    rf"|avis aux|note aux|aviso a los|nota a los)(?:\s+(?:to|all))*\W+{_NEWSROOM}\b",
    r"(?:editors|eds|news directors|redaktionen|rédactions|editores)(?:/[a-z ]+)?\s*:",
    r"(?-i:EDITORS'?S? NOTE|NOTE TO EDITORS)\b",
    rf"(?:(?:client|customer|subscriber|service|operational|housekeeping) (?:note|message|notice)"
    rf"|housekeeping){_ENDS}",
    r"end of service\W*$|.*: notice to media\W*$",
    rf"(?:interview|photo|media) opportunity{_ENDS}|pool report \d+",
    r"an alle redaktionen\b|avis aux abonnés\b|.*\ba message to our clients\b",
    r"(?:stories to come|coming up on the \S+ wire)\b|news desk contacts\b|daily diary for\b",
    r"good morning from the \S+ desk\b",
    rf"agenturhinweis{_ENDS}|(?:संपादकों|मीडिया) के लिए सूचना",
)
#: The same of what else is addressed to newsrooms.
ADVISES_NEED: Final = _needs(
    """
    achtung advisories advisory agenturhinweis alert all attention attn available avis aviso
    call coming contacts dear desks diary directors editores editors eds hinweis hinweise
    housekeeping invitation memo message morning newsrooms nos nota note notice opportunity
    pool redacciones redaktionen reminder rédactions service servicehinweis señores stories
    सूचना
    """
)
#: The same of a slugline.
SLUG_FORBIDS: Final = re.compile(
    r".*[,\s](?:kill|withdraw(?:n|al)?|withhold|elimination)$"
    r"|(?:\S+-)?(?:kill|withheld|withhold|retraction|correct|disregard|elimination)$",
    re.IGNORECASE,
)
SLUGS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"(?:bc-)?test(?:-ignore|-message)?$", re.IGNORECASE), "test"),
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
    rf"(?:^|[.:!]\s*)(?:please )?(?:{_SORT}\s+)*"
    r"(?:kill(?! (?:fee|bill|clock))|withhold|retracted|withdrawn|disregard)\b",
    rf"\b{_COPY} (?:(?:is|was|has been) )?(?:hereby )?"
    r"(?:killed|withdrawn|retracted|withheld|on hold)\b",
    r"\bplease (?:kill|withhold|disregard)\b|\bmandatory kill\b",
    r"\bdo not (?:use|publish)\s*(?:$|[.!,;\u2013\u2014-]|until\b|before\b|yet\b)",
    r"\bnot (?:cleared )?for (?:use|publication)\s*(?:$|[.!])",
    r"\bnicht verwenden\b|\bne pas (?:utiliser|publier)\b|\bno (?:usar|publicar)\b",
)
#: The same of its time.
NOTE_EMBARGOES: Final = _any(
    r"\bnot (?:to be used|for (?:use|publication))\b[^.]{0,30}\b(?:before|until)\b",
    r"\bhold for release\b|\bfor release (?:at|on)\b|\bembargoed\b",
    r"(?<!no )\bembargo\b(?! (?:is |was |has been )?(?:lifted|over|ended|off)\b)",
    r"\bsperrfrist\b(?! (?:aufgehoben|abgelaufen))|\bembargad[ao]\b",
)
#: How a text begins that is a message whole.
SPEAKS: Final = _any(
    rf"(?:attention|attn|dear|note to|to all)\W+{_NEWSROOM}\b",
    r"(?:photo |picture )?(?:editors?|eds|news directors|clients|rédactions)(?:/[a-z ]+)?\s*:",
    r"(?:photo |picture )?editors, please\b",
    r"please (?:kill|withhold|disregard)\b|this is (?:only )?a test\W",
)
#: A beginning of a text, in small letters, that has none of these is about the world.
CUES: Final = (
    *(
        "editors",
        "clients",
        "subscribers",
        "newspapers",
        "newsrooms",
        "partners",
        "media",
        "customer",
    ),
    *("redaktion", "kunden", "rédaction", "abonn", "editores", "abonados", "संपादक", "न करें"),
    *(
        "please",
        "merci de",
        "bitte",
        "we have ",
        "withdraw",
        "withhold",
        "retract",
        "recall",
        "kill",
    ),
    *("disregard", "eliminate", "do not use", "delete it", " be used", " be shown", " must be "),
    *(" should be ", "sent ", "moved ", "slugged", "headed ", "titled ", 'read "', "read \u201c"),
    *("lire ", "paragraph", "debe decir", "heißen", "substitut", "version", "new graphic"),
    *("not to be ", "an old one", "we will", "we shall", "we plan", "we intend", " our "),
    *(
        "the next ",
        "duty ",
        " words",
        " mots",
        " palabras",
        "match report",
        "desk takes",
        "services",
    ),
    *("make sure", "blah", "lorem", "asdf", "check one", "testing of", "test content"),
)
#: Who is asked, where readers are not meant.
_ASKED: Final = (
    r"(?:(?:all )?(?:editors|clients|subscribers|newspapers|newsrooms|partners|media)|customers"
    r"|redaktionen|kunden|rédactions|abonnés|editores|abonados|संपादकों)"
)
_KILLED: Final = r"(?:killed|withdrawn|retracted|recalled|deleted|removed|eliminated|pulled)"
#: What a message says of copy, at its beginning: that it must be changed, or go, or wait.
ASKS: Final = _words(
    rf"{_ASKED} (?:are (?:asked|advised|requested)|should|please|to)\b.{{0,120}}\b{_COPY}\b",
    rf"we (?:ask|urge) {_ASKED}\b|we have (?:withdrawn|retracted|killed|removed) (?:the|our)\b",
    r"(?:please|merci de|bitte|we) (?:kill|withhold|disregard|withdraw|retract|recall)\b",
    rf"(?:please|merci de|bitte) (?:correct|delete|amend|remove|purge|change|replace|update|pull"
    rf"|corriger|supprimer|annuler|ändern)\b.{{0,60}}\b(?:{_COPY}|systems|sites|archives|bases)\b",
    r"please (?:correct|pull|remove|replace|amend|delete) (?:it|them|both)\b",
    r"please (?:do not use|take it down|update\W*$|amend|ensure that your copy)",
    rf"(?<![\"\u201c])\b(?:eliminate|kill|withdraw) the {_COPY}\b",
    r"(?<![\w,] )(?:do not use|retract it|kill it|delete it)\s*[.!]",
    rf"{_COPY} (?:\S+ ){{0,4}}(?:may|must|should|can) (?:not|no longer) be (?:used|shown)\b",
    rf"(?:{_COPY}|it) (?:\S+ ){{0,4}}(?:should|must) be {_KILLED} (?:from|at once|everywhere)\b",
    r"copy sent before .{0,60}\bmust be removed\b",
    rf"{_COPY} (?:sent|moved|slugged|headed|titled) .{{0,60}}\b(?:false|wrong|in error)\b",
    r"(?:read|lire) [\"\u201c\u00ab][^\"\u201d\u00bb]{1,80}[\"\u201d\u00bb],? "
    r"(?:and not|not|instead of|et non)\b",
    r"in (?:paragraph \w+|the \w+ paragraph),? please\b|debe decir\b|muss es .{0,20}heißen\b",
    r"(?:substitut\w+|corrected version|new (?:graphic|picture|version)) "
    r"(?:will (?:be sent|move|follow)|follows)\b",
    r"not to be (?:published|used|broadcast)\b.{0,30}\b(?:before|until)\b",
    r"item is an old one\b|partners are asked\b|प्रयोग न करें|इस्तेमाल न करें",
)
#: What else a text says there that is about copy and not about the world.
TALKS: Final = _words(
    rf"{_ASKED} (?:should|may|can|are) (?:not |asked |advised |requested )",
    rf"{_COPY} (?:sent|moved|slugged) (?:at|on|earlier|this)\b",
    r"we (?:will|shall|plan to|intend to) (?:send|file|move|resend)\b",
    r"we have changed the way\b|our (?:\w+ )?(?:feed|wire|ticker|live stream|portal)\b",
    r"(?:our|the next) (?:report|stor(?:y|ies)|text|pictures|copy|tables) "
    r"(?:will |\w+ )?moves?\b",
    r"(?:our|the duty) (?:staff|photographers|bureaus?|desk|reporters?) (?:are|is|will)\b",
    r"(?:\b\d{2,4} (?:words|mots|palabras)\b(?! from).*){2}|match report, quotes\b",
    r"duty (?:editor|desk)\b|desk takes calls\b|from your services\b",
    r"make sure that the (?:alert|story|picture)\b",
    r"(?:blah blah|lorem ipsum|asdf|check one, check two|testing of|test content)\b",
)
#: What both need.
COPY_NEEDS: Final = _needs(
    """
    abonados abonnés asdf bitte blah broadcast changed check clients content customers debe
    delete deleted desk disregard duty editores editors eliminate eliminated file follow
    follows headed item kill killed kunden lire lorem media merci mots move moved moves muss
    newspapers newsrooms our palabras partners please published pulled quotes read recall
    recalled redaktionen removed resend retract retracted rédactions send sent services shown
    slugged subscribers sure testing titled use used withdraw withdrawn withhold words करें
    संपादकों
    """
)
#: How those invite who do not write to readers.
INVITES: Final = re.compile(
    r"(?:media|press) (?:\S+ ){0,2}?(?:advisory|alert|invitation|availability|briefing|call|notice"
    r"|opportunity|accreditation)|photo (?:call|opportunity)|presseeinladung"
    r"|pressetermin|pressekonferenz|convocatoria de prensa|invitation (?:presse|à la presse)",
    re.IGNORECASE,
)
#: What such an invitation asks for.
REGISTERS: Final = _any(
    r"\b(?:press office|press card|accreditation|rsvp|confirm attendance|register (?:by|with))\b",
    r"\b(?:journalists|photographers|reporters|camera crews) "
    r"(?:may|need|must|should|are invited)\b",
    r"\b(?:will (?:speak|be available) (?:to|for) (?:reporters|questions|journalists))\b",
    r"\bum anmeldung\b|\bakkreditierung\b|\bacreditación\b|\baccréditation\b",
)
#: A headline made of these words alone, one of the first group among them, is a message.
TESTED: Final = frozenset(
    ("test", "tests", "testing", "testpost", "dummy", "prueba", "essai", "testmeldung")
)
OF_TESTS: Final = TESTED | frozenset(
    """
    a and técnica s alert alerts article check content de der disregard do election entry feed
    for ein eine final from headline ignore image is item just line me message messages monthly
    new news
    not number of only our page photo picture please post publish push results routine run
    service slug slugs sports story system table technical technique the this to une use video
    weekly wire xxx
    """.split()  # noqa: SIM905 (words are read as text)
)
PLANNED: Final = frozenset(
    ("advisory", "daybook", "planner", "newslist", "lineup", "line-up", "lookahead")
)
#: These are plans where a word beside them says whose.
LISTED: Final = frozenset(
    """
    agenda budget calendar coverage diary list outlook plan plans schedule stories
    """.split()  # noqa: SIM905 (the same)
)
WHOSE: Final = frozenset(
    """
    bureau copy coverage daily desk editors expected features graphics news newsroom photo
    picture planned sports stories story upcoming video wire
    """.split()  # noqa: SIM905 (the same)
)
OF_PLANS: Final = (
    PLANNED
    | LISTED
    | WHOSE
    | frozenset(
        """
        ahead s and at by come coming contacts during evening for forward from in morning next of
        on our over special the this to today today's tomorrow tonight until up week weekend
        weekly week's a.m p.m am pm gmt noon midnight
        monday tuesday wednesday thursday friday saturday sunday
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        """.split()  # noqa: SIM905 (the same)
    )
)
