/* The table of what is offered; see session/verb_rows.h. */
#include "session/verb_rows.h"

#include "base/i18n.h"

#include <string.h>

#define TALKING MOMENT_TALKING

static const struct verb_row rows[] = {
	/* clang-format off */
	/* A phone in the hand: what a handset has. */
	{ THING_NODE, "press", MOMENT_UP, N_("press its keys one after the other"),
	    { { "keys", KIND_KEYS, "1001#, {call}, {end}", true } }, 0 },
	{ THING_NODE, "dial", MOMENT_UP, N_("dial a number and press the call key"),
	    { { "number", KIND_DIGITS, "1001", true } }, 0 },
	{ THING_NODE, "answer", MOMENT_UP,
	    N_("press the call key: take the call that rings"), { { 0 } }, 0 },
	{ THING_NODE, "hangup", MOMENT_UP,
	    N_("press the end key: refuse the call, or end it"), { { 0 } }, 0 },
	{ THING_NODE, "invite", MOMENT_UP, N_("call somebody"),
	    { { "target", KIND_TARGET, "bob, sip:bob@example.com", true } }, 0 },
	{ THING_NODE, "connect", MOMENT_UP,
	    N_("call two parties and let them talk with each other"),
	    { { "first", KIND_TARGET, "alice, sip:alice@example.com", true },
	      { "second", KIND_TARGET, "bob, sip:bob@example.com", true },
	      { "flow", KIND_LINE, "IV, I, III", false } }, 0 },
	{ THING_NODE, "register", MOMENT_UP,
	    N_("register with the registrar of its domain"),
	    { { "expires", KIND_TIME, "60s, 1h", false } }, 0 },
	{ THING_NODE, "unregister", MOMENT_UP,
	    N_("take its registration away"), { { 0 } }, 0 },
	{ THING_NODE, "options", MOMENT_UP,
	    N_("ask somebody what they can do"),
	    { { "target", KIND_TARGET, "bob, sip:bob@example.com", true } }, 0 },
	{ THING_NODE, "message", MOMENT_UP, N_("send somebody a message"),
	    { { "target", KIND_TARGET, "bob, sip:bob@example.com", true },
	      { "text", KIND_LINE, "Are you there?", true } }, 0 },
	{ THING_NODE, "subscribe", MOMENT_UP,
	    N_("ask to be told of somebody's state"),
	    { { "target", KIND_TARGET, "bob, sip:bob@example.com", true },
	      { "event", KIND_LINE, "presence, dialog", false },
	      { "expires", KIND_TIME, "60s, 1h", false } }, 0 },
	{ THING_NODE, "publish", MOMENT_UP,
	    N_("tell whether its user can be reached"),
	    { { "status", KIND_LINE, "open, closed", true },
	      { "note", KIND_LINE, "at lunch", false } }, 0 },
	{ THING_NODE, "admit", MOMENT_UP,
	    N_("let somebody have the state of its users"),
	    { { "watcher", KIND_TARGET, "bob, sip:bob@example.com", true } }, 0 },
	{ THING_NODE, "block", MOMENT_UP,
	    N_("tell somebody nothing any more"),
	    { { "watcher", KIND_TARGET, "bob, sip:bob@example.com", true } }, 0 },
	{ THING_NODE, "bind", MOMENT_UP,
	    N_("give a user a Contact by hand, without a REGISTER"),
	    { { "aor", KIND_TARGET, "bob, sip:bob@example.com", true },
	      { "contact", KIND_TARGET, "bob, sip:bob@192.0.2.3", true },
	      { "q", KIND_Q, "0.5", false },
	      { "expires", KIND_TIME, "1h", false } }, 0 },
	{ THING_NODE, "unbind", MOMENT_UP,
	    N_("take a user's Contact away, or all of them"),
	    { { "aor", KIND_TARGET, "bob, sip:bob@example.com", true },
	      { "contact", KIND_TARGET, "bob, sip:bob@192.0.2.3", false } }, 0 },
	{ THING_NODE, "send", MOMENT_UP,
	    N_("send a request that you write yourself"), { { 0 } }, 0 },
	{ THING_NODE, "crash", MOMENT_UP,
	    N_("crash: forget everything and fall silent"), { { 0 } }, 0 },
	{ THING_NODE, "restart", MOMENT_DOWN,
	    N_("come up again after the crash"), { { 0 } }, 0 },
	{ THING_NODE, "set", MOMENT_UP,
	    N_("change a setting, as in the topology"),
	    { { "*", KIND_NODE_SETTING, "answer=5s, busy=true", true } }, 0 },

	{ THING_CALL, "answer", MOMENT_ASKED, N_("take the call (200 OK)"),
	    { { 0 } }, 0 },
	{ THING_CALL, "reject", MOMENT_ASKED,
	    N_("refuse the call (486 Busy Here, or another status)"),
	    { { "code", KIND_REFUSE, "486, 603", false },
	      { "reason", KIND_LINE, "Not Now", false } }, 0 },
	{ THING_CALL, "ring", MOMENT_ASKED,
	    N_("say that it rings (180 Ringing, or 181 to 183)"),
	    { { "code", KIND_RING, "180, 183", false } }, 0 },
	{ THING_CALL, "redirect", MOMENT_ASKED,
	    N_("send the caller elsewhere (302)"),
	    { { "uri", KIND_URI, "sip:carol@example.com", true } }, 0 },
	{ THING_CALL, "follow", MOMENT_ASKING | MOMENT_SENT_AWAY,
	    N_("go where the call was sent"), { { 0 } }, 0 },
	{ THING_CALL, "cancel", MOMENT_ASKING,
	    N_("take the call back before it is answered (CANCEL)"),
	    { { 0 } }, 0 },
	{ THING_CALL, "bye", MOMENT_ANSWERED, N_("hang up (BYE)"), { { 0 } }, 0 },
	{ THING_CALL, "hold", TALKING | MOMENT_NOT_HOLDING,
	    N_("put the other side on hold (re-INVITE, a=sendonly)"),
	    { { "how", KIND_HOLD, "sendonly, inactive, zero", false } }, 0 },
	{ THING_CALL, "resume", TALKING | MOMENT_HOLDING,
	    N_("take the other side off hold (re-INVITE, a=sendrecv)"),
	    { { 0 } }, 0 },
	{ THING_CALL, "join", TALKING,
	    N_("let all in this call and another one talk with each other"),
	    { { "other", KIND_LINE, "bob/2", true } }, 0 },
	{ THING_CALL, "swap", TALKING,
	    N_("hold one of two calls, go on with the other"),
	    { { "other", KIND_LINE, "bob/2", true } }, 0 },
	{ THING_CALL, "transfer", TALKING | MOMENT_STAYING,
	    N_("let the other side call somebody else instead (REFER)"),
	    { { "to", KIND_TARGET, "carol, sip:carol@example.com", true } }, 0 },
	{ THING_CALL, "message", TALKING,
	    N_("send the other side a message"),
	    { { "text", KIND_LINE, "Are you there?", true } }, 0 },
	{ THING_CALL, "dtmf", TALKING, N_("press digits (INFO)"),
	    { { "digits", KIND_DIGITS, "1234#", true } }, 0 },
	{ THING_CALL, "reinvite", TALKING,
	    N_("offer the session anew (re-INVITE)"),
	    { { "sdp", KIND_BOOL, "true, false", false },
		{ "add", KIND_STREAMS, "video", false },
		{ "remove", KIND_STREAMS, "video", false } }, 0 },
	{ THING_CALL, "update", TALKING,
	    N_("offer the session anew without asking anybody (UPDATE)"),
	    { { "sdp", KIND_BOOL, "true, false", false } }, 0 },
	{ THING_CALL, "refresh", TALKING,
	    N_("refresh the session (re-INVITE without a change)"),
	    { { 0 } }, 0 },

	{ THING_LINK, "loss", MOMENT_UP, N_("lose a share of the packets"),
	    { { "loss", KIND_SHARE, "20%, 0.2, 0", true } }, "set" },
	{ THING_LINK, "delay", MOMENT_UP, N_("take longer, or less long"),
	    { { "delay", KIND_TIME, "200ms, 1s", true } }, "set" },
	{ THING_LINK, "down", MOMENT_UP, N_("go down: lose everything"),
	    { { 0 } }, 0 },
	{ THING_LINK, "up", MOMENT_DOWN, N_("work again"), { { 0 } }, 0 },
	{ THING_LINK, "set", MOMENT_UP,
	    N_("change something else, as in the topology"),
	    { { "*", KIND_LINK_SETTING, "rate=64kbit, jitter=5ms, mtu=600",
		true } }, 0 },

	{ THING_MESSAGE, "drop", 0, N_("lose it on its way"), { { 0 } }, 0 },
	{ THING_MESSAGE, "delay", 0, N_("let it arrive later"),
	    { { "by", KIND_TIME, "200ms, 2s", true } }, 0 },
	{ THING_MESSAGE, "duplicate", 0, N_("let it arrive twice"),
	    { { 0 } }, 0 },
	{ THING_MESSAGE, "edit", 0,
	    N_("let something else arrive: an editor opens"),
	    { { "text", KIND_ANY, NULL, true } }, 0 },
	/* clang-format on */
};

const struct verb_row *
verb_row(size_t i)
{
	return i < sizeof(rows) / sizeof(rows[0]) ? &rows[i] : NULL;
}

const struct verb_row *
verb_row_find(enum verb_thing thing, const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].thing == thing && strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}
