"""What a server of mailboxes says, to all that is asked of it: what nonsense begins from.

Commands are numbered from A0: capabilities, login, capabilities again, the list of folders, the
folder twice, its messages, and for each message its bytes, how it is now, and that it is moved.
"""

from typing import Final

#: The least that a server says before a folder is open.
_BEGIN: Final = (
    b"* OK ready\r\n* CAPABILITY IMAP4rev1 MOVE\r\nA0 OK said\r\nA1 OK in\r\n"
    b"* CAPABILITY IMAP4rev1 MOVE\r\nA2 OK said\r\n"
)
_LIST: Final = b'* LIST (\\Noselect) "/" ""\r\nA3 OK said\r\n'
_OPEN: Final = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 42] ids\r\nA%d OK [READ-ONLY] open\r\n"
_ONE: Final = (
    b'* 1 FETCH (UID 7 FLAGS (\\Seen) RFC822.SIZE 4 INTERNALDATE "02-May-2024 12:00:00 +0200")\r\n'
)
_GONE: Final = (
    b'* 2 FETCH (INTERNALDATE " 2-May-2024 12:00:00 -0330" UID 8 RFC822.SIZE 99999 '
    b"FLAGS (\\Deleted $Junk))\r\n"
)
_READ: Final = b"* 1 FETCH (UID 7 BODY[]<0> {4}\r\nAbcd)\r\nA7 OK said\r\n"
_LATE: Final = b"* 1 FETCH (BODY[]<0> {4}\r\nAbcd UID 7)\r\n* 9 EXPUNGE\r\nA7 OK said\r\n"
_AWAY: Final = (
    b"* OK [UIDVALIDITY 42] ids\r\n* 2 EXISTS\r\nA9 OK [READ-WRITE]\r\n"
    b"A10 NO [TRYCREATE] none\r\nA11 OK made\r\nA12 OK moved\r\n"
)
_FILES: Final = _OPEN % 4 + _OPEN % 5 + _ONE + _GONE + b"A6 OK said\r\n"
TALKS: Final = (
    _BEGIN + _LIST + _FILES + _READ + _ONE + b"A8 OK said\r\n" + _AWAY,
    _BEGIN + _LIST + _FILES + _LATE + b"A8 OK said\r\n" + _AWAY,
    _BEGIN
    + b'* LIST (\\Noselect) "." {0}\r\n\r\nA3 OK said\r\n'
    + _FILES
    + b"A7 NO gone\r\nA8 NO said\r\n",
    _BEGIN
    + b'* LIST () "\\\\" ""\r\nA3 OK said\r\n'
    + _OPEN % 4
    + b"* 0 EXISTS\r\n* OK [UIDVALIDITY 42] ids\r\nA5 OK said\r\n",
    _BEGIN + b'* LIST () NIL ""\r\nA3 OK said\r\nA4 NO there is none\r\n',
    b"* OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA0 OK said\r\n+ \r\nA1 OK said\r\n"
    b"* CAPABILITY IMAP4rev1\r\nA2 OK said\r\n" + _LIST + _FILES + _READ,
    _BEGIN + _LIST + _FILES.replace(b"2024", b"200"),
    b"* OK\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS\r\nA0 OK said\r\n",
    b"* PREAUTH\r\n* CAPABILITY IMAP4rev1\r\nA0 OK said\r\nA1 NO [AUTHENTICATIONFAILED] no\r\n",
    b"* BYE not now\r\n",
)
