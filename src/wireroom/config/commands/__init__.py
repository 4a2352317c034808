"""The commands, one file each, in the order in which help shows them."""

from . import (
    channel,
    check,
    coming,
    manage,
    poll,
    read,
    receive,
    reindex,
    run,
    sample,
    serve,
    settings,
    settle,
    setup,
    user,
    where,
)

COMMANDS = (
    setup,
    serve,
    run,
    sample,
    channel,
    poll,
    receive,
    settle,
    read,
    where,
    user,
    check,
    settings,
    reindex,
    manage,
    coming,
)
