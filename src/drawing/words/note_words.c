/*
 * Notes with names and numbers in them: a text is held against sentences with
 * fields, "{who} is open", and the catalogue's sentence gets what stood in
 * their place.  The first sentence that fits counts.
 */
#include "words/note_words.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "words/title_words.h"

#include <stddef.h>

#define FIELDS 6 /* none has more */

struct field {
	struct str name, value;
};

struct found {
	struct field fields[FIELDS];
	size_t n;
};

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
	N_("{who} says nothing of itself: {text}"),
	N_("{who} says nothing of itself"),
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
	N_("{call} waits for its user: on to {target}?"),
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
	/* Trust (RFC 3325). */
	N_("P-Asserted-Identity unused: {who}"),
	/* Captures. */
	N_("Joined by {sign} with call {call}"),
	N_("{n} bytes of TCP are missing here"),
	N_("The rest of a message is missing here"),
	N_("Behind a message stands another one in the datagram; it is "
	   "discarded (RFC 3261 18.3)"),
	N_("A message is missing here: a fragment was lost"),
	N_("A message is longer than 1 MiB and left out"),
	N_("A message is compressed and can't be read"),
	N_("Times of capture point {point} are corrected: its clock was at "
	   "least {time} fast"),
	N_("Times of capture point {point} are corrected: its clock was at "
	   "least {time} slow"),
	N_("Times of capture point {point} are corrected: its clock was "
	   "{time} fast, as was said"),
	N_("Times of capture point {point} are corrected: its clock was "
	   "{time} slow, as was said"),
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
note_put(struct buf *b, struct str text)
{
	struct str title = title_translate(text);
	struct found found;

	for (size_t i = 0;
	     title.p == text.p && i < sizeof(sentences) / sizeof(*sentences);
	     i++) {
		if (fits_sentence(str_of(sentences[i]), text, &found)) {
			put_note_sentence(
			    b, &found, str_of(i18n_text(sentences[i])));
			return;
		}
	}
	utf8_add_safe(b, title);
}
