/*
 * What a trace says of itself, in the reader's language: its title, its
 * notes, what it was made of.
 */
#include "words/trace_words.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"

/* None of rung's own is longer. */
#define TITLE_MOST 120

struct str
title_translate(struct str title)
{
	char msgid[TITLE_MOST + 1];
	const char *text;

	if (title.n == 0 || title.n > TITLE_MOST ||
	    memchr(title.p, '\0', title.n) != NULL)
		return title;
	memcpy(msgid, title.p, title.n);
	msgid[title.n] = '\0';
	text = i18n_text(msgid);
	return text == msgid ? title : str_of(text);
}

#define FIELDS 6 /* none has more */

struct field {
	struct str name, value;
};

struct found {
	struct field fields[FIELDS];
	size_t n;
};

/*
 * Notes with names and numbers in them: a text is compared with sentences with
 * fields, "{who} is open", and the catalogue's sentence gets what stood in
 * their place. The first sentence that fits counts.
 */
static const char *const sentences[] = {
	/* A phone: messages, presence, registrations, dialogs, digits. */
	N_("message from {who}, not shown: it expired"),
	N_("message from {who}: {text}"),
	N_("message to {who} is kept for later: {status}"),
	N_("message to {who} is not wanted: {status}"),
	N_("message to {who} could not be sent"),
	N_("message to {who} was not delivered: {status}"),
	N_("INFO to {who} could not be sent"),
	N_("INFO to {who} was not taken: {status}"),
	N_("INFO of the package {package}: {n} bytes of {type}"),
	N_("INFO of the package {package}"),
	N_("DTMF {digit}, {n} ms"),
	N_("{who} publishes no state: {text}"),
	N_("{who} publishes no state"),
	N_("{who} is open: {text}"),
	N_("{who} is open"),
	N_("{who} is closed: {text}"),
	N_("{who} is closed"),
	N_("{who} is registered, {contacts}"),
	N_("{who} is registered"),
	N_("{who} is not registered, {contacts}"),
	N_("{who} is not registered"),
	N_("dialogs: none"),
	N_("dialogs: {state} with {peer}, {others}"),
	N_("dialogs: {state} with {peer}"),
	N_("dialogs: {state}"),
	N_("NAT: the STUN server does not answer"),
	N_("NAT: the STUN server has one address only"),
	N_("NAT: mapping {mapping}, filtering {filtering}"),
	N_("{address} is seen as {mapped}"),
	N_("flow to {server} has failed: no answer"),
	N_("flow to {server} has failed: no pong"),
	N_("flow to {server} has failed: seen at another address"),
	N_("flow to {server} has failed: its connection is gone"),
	N_("a flow has failed ({status}): the next one to {instance}"),
	N_("{server} does not answer"),
	N_("{server} answers again"),
	N_("there is no call to pick up from {who}"),
	N_("{call} waits for its user: transfer to {target}?"),
	/* A mailbox. */
	N_("no new voice messages, {old} old"),
	N_("no new voice messages"),
	N_("{n} new voice message ({urgent} urgent), {old} old"),
	N_("{n} new voice message ({urgent} urgent)"),
	N_("{n} new voice message, {old} old"),
	N_("{n} new voice message"),
	N_("{n} new voice messages ({urgent} urgent), {old} old"),
	N_("{n} new voice messages ({urgent} urgent)"),
	N_("{n} new voice messages, {old} old"),
	N_("{n} new voice messages"),
	N_("messages are waiting"),
	N_("no messages are waiting"),
	N_("a message of {n} s for {who} from {caller}"),
	N_("nothing was said for {who}"),
	N_("no new messages for {who}"),
	N_("{who} hears {n} new message"),
	N_("{who} hears {n} new messages"),
	/* A media gateway and its controller. */
	N_("no reply to transaction {n}"),
	N_("{line} rings"),
	N_("{line} hears dial tone"),
	N_("{line} hears ringing tone"),
	N_("{line} hears busy tone"),
	N_("{line} hears congestion tone"),
	/* A conference, a call centre. */
	N_("a conference is made: {uri}"),
	N_("no conference can be made at the moment"),
	N_("conference {uri}, version {n}: it is over"),
	N_("conference {uri}, version {n}, what has changed: {who}"),
	N_("conference {uri}, version {n}: {who}"),
	N_("in the conference: {who}"),
	N_("{who} has logged on"),
	N_("{who} has logged off"),
	/* A location server that asks a directory. */
	N_("LDAP search ({what}), contacts: {n}"),
	N_("LDAP modify ({what}), contacts: {n}"),
	/* Trust (RFC 3325). */
	N_("P-Asserted-Identity unused: {who}"),
	/* Programs of rung's own labs. */
	N_("A response: {status}"),
	N_("Bob's phone says {status}."),
	N_("Mallory gives up: {status}"),
	N_("Rejected: {status}"),
	N_("The password is {word}."),
	N_("The phone shows: no server. Next: {server}"),
	N_("The prefix is {digits}, the name {name}."),
	N_("There are: {numbers}"),
	/* Captures. */
	N_("Joined by {sign} with call {call}"),
	N_("{n} bytes of TCP are missing here"),
	N_("The rest of a message is missing here"),
	N_("The datagram contains another message after this one; it is "
	   "discarded (RFC 3261 18.3)"),
	N_("A message is missing here: a fragment was lost"),
	N_("A message is longer than 1 MiB and was left out"),
	N_("A message is compressed and can't be read"),
	N_("Times of capture point {point} are corrected: its clock was at "
	   "least {time} fast"),
	N_("Times of capture point {point} are corrected: its clock was at "
	   "least {time} slow"),
	N_("Times of capture point {point} are corrected: its clock was {time} "
	   "fast, as configured"),
	N_("Times of capture point {point} are corrected: its clock was {time} "
	   "slow, as configured"),
	N_("Times of capture point {point} are corrected: its clock was "
	   "{time} fast"),
	N_("Times of capture point {point} are corrected: its clock was "
	   "{time} slow"),
};

/* Where WORDS begin in TEXT, which they end where LAST; -1 if nowhere. */
static ptrdiff_t
find_in_text(struct str text, struct str words, bool last)
{
	size_t at = last && text.n >= words.n ? text.n - words.n : 0;

	for (; at + words.n <= text.n; at++)
		if (str_eq(str_slice(text, at, at + words.n), words))
			return (ptrdiff_t)at;
	return -1;
}

/* TEXT is SENTENCE with something in the place of each field, which FOUND
 * gets. */
static bool
fits_sentence(struct str sentence, struct str text, struct found *found)
{
	struct str rest, words = str_cut(sentence, '{', &rest);
	size_t skip = words.n;

	found->n = 0;
	if (find_in_text(str_slice(text, 0, skip), words, true) != 0)
		return false;
	text = str_slice(text, skip, text.n);
	while (rest.n > 0 && found->n < FIELDS) {
		struct field *f = &found->fields[found->n++];
		ptrdiff_t at;

		f->name = str_cut(rest, '}', &rest);
		words = str_cut(rest, '{', &rest);
		at = find_in_text(text, words, rest.n == 0);
		if (at <= 0)
			return false;
		f->value = str_slice(text, 0, (size_t)at);
		text = str_slice(text, (size_t)at + words.n, text.n);
	}
	return text.n == 0;
}

static void
put_field_value(struct buf *b, const struct found *found, struct str name)
{
	for (size_t i = 0; i < found->n; i++)
		if (str_eq(found->fields[i].name, name))
			utf8_add_safe(b, found->fields[i].value);
}

static void
put_note_sentence(struct buf *b, const struct found *found, struct str sentence)
{
	buf_str(b, str_cut(sentence, '{', &sentence));
	while (sentence.n > 0) {
		put_field_value(b, found, str_cut(sentence, '}', &sentence));
		buf_str(b, str_cut(sentence, '{', &sentence));
	}
}

void
note_put_text(struct buf *b, struct str text)
{
	struct str title = title_translate(text);
	struct found found;

	for (size_t i = 0; title.p == text.p && i < COUNT_OF(sentences); i++) {
		if (fits_sentence(str_of(sentences[i]), text, &found)) {
			put_note_sentence(
			    b, &found, str_of(i18n_text(sentences[i])));
			return;
		}
	}
	utf8_add_safe(b, title);
}

/* ---- what a trace was made of ---- */

/* What a file was called, without its folder and its ending. */
static struct str
trace_words_plain_name(struct str file)
{
	ptrdiff_t dot;

	file = str_slice(file, (size_t)(str_rchr(file, '/') + 1), file.n);
	dot = str_rchr(file, '.');
	return dot > 0 ? str_slice(file, 0, (size_t)dot) : file;
}

/* The lab's own name; else its script's, else its topology's.  A script that
 * every lab has says nothing. */
static void
put_lab_name(struct buf *b, struct json_value inputs)
{
	static const char *const keys[] = { "script", "topology" };
	LOCAL_BUF name = BUF_INIT;

	json_text(json_member(inputs, "lab"), &name);
	for (size_t i = 0; i < 2 && name.n == 0; i++) {
		struct json_value v = json_member(inputs, keys[i]);

		if (v.type == JSON_OBJECT)
			json_text(json_member(v, "file"), &name);
		if (str_is(buf_view(&name), "lab.lua"))
			buf_clear(&name);
		if (name.n > 0) {
			buf_str(b, trace_words_plain_name(buf_view(&name)));
			buf_clear(&name);
			break;
		}
	}
	buf_str(b, buf_view(&name));
	if (name.err == ERR_NOMEM)
		b->err = name.err;
}

/* "bob.answer=4s, alice.expires=60" */
static void
trace_words_put_settings(struct buf *b, struct json_value list)
{
	struct json_value v;
	size_t at = 0, n = 0;

	while (json_item(list, &at, &v)) {
		buf_puts(b, n++ > 0 ? ", " : "");
		json_text(v, b);
	}
}

static void
put_short(struct buf *b, const struct trace *t, unsigned long long hash)
{
	const struct trace_head *h = trace_head(t);
	struct buf name = BUF_INIT;

	if (h->inputs.type == JSON_OBJECT)
		put_lab_name(&name, h->inputs);
	if (h->inputs.type == JSON_NONE)
		buf_printf(b, _("rung · trace %016llx"), hash);
	else if (name.n > 0)
		/* TRANSLATORS: the lab's name stands behind "rung" */
		buf_printf(b, _("rung · %s · seed %lld · trace %016llx"),
		    buf_cstr(&name), (long long)h->seed, hash);
	else
		buf_printf(b, _("rung · seed %lld · trace %016llx"),
		    (long long)h->seed, hash);
	buf_end(&name, &b->err);
}

/*
 * The lab, script or topology, what was set, what a person did, the seed; and a
 * number made of all bytes of the trace.
 */
static void
put_full(struct buf *full, const struct trace *t, unsigned long long hash)
{
	const struct trace_head *h = trace_head(t);
	struct buf name = BUF_INIT;
	struct str title = title_translate(h->title);
	size_t acts;

	buf_printf(full, "rung %.*s; ", STR_ARG(h->rung));
	if (h->inputs.type == JSON_OBJECT) {
		put_lab_name(&name, h->inputs);
		if (name.n > 0)
			buf_printf(full, "lab: %s; ", buf_cstr(&name));
	}
	buf_printf(full, "title: %.*s; ", STR_ARG(title));
	if (h->inputs.type == JSON_OBJECT) {
		struct json_value set = json_member(h->inputs, "settings");

		if (json_count(set) > 0) {
			buf_puts(full, "settings: ");
			trace_words_put_settings(full, set);
			buf_puts(full, "; ");
		}
		acts = json_count(json_member(h->inputs, "acts"));
		if (acts > 0)
			buf_printf(full, "acts: %zu; ", acts);
	}
	if (h->inputs.type != JSON_NONE)
		buf_printf(full, "seed: %lld; ", (long long)h->seed);
	buf_printf(full, "trace: %016llx", hash);
	buf_end(&name, &full->err);
}

void
origin_put_line(struct buf *b, const struct trace *t)
{
	put_short(b, t, (unsigned long long)trace_hash(t));
}

void
origin_put_both(struct buf *b, struct buf *full, const struct trace *t)
{
	/* Every byte of the trace is looked at for it. */
	unsigned long long hash = (unsigned long long)trace_hash(t);

	put_short(b, t, hash);
	put_full(full, t, hash);
}
