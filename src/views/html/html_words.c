/* The words that the page's script puts together, in the user's language. */
#include "base/i18n.h"
#include "views/html/html_in.h"

/* By their names in the script; %s and %1, %2 are filled in there. */
static const struct {
	const char *name, *text;
} words[] = {
	{ "start", N_("Before the first record") },
	/* TRANSLATORS: where the page stands: "Message 3 of 28" */
	{ "of", N_("Message %1 of %2") },
	{ "at", N_("record %1 of %2, at %3 s") },
	{ "record", N_("record %1") },
	{ "nomessage", N_("There is no message in this record.") },
	{ "again", N_("sent again, the same bytes as record %1") },
	{ "missing", N_("The trace names no cause for the last step: what led "
			"to it was not recorded.") },
	{ "came", N_("What came of it") },
	{ "nothing", N_("Nothing came of it directly.") },
	{ "same", N_("as above") },
	{ "more", N_("… %1 more") },
	{ "idle", N_("Nothing lives here now.") },
	{ "since", N_("since %1 s") },
	{ "left", N_("%1 left") },
	{ "due", N_("due at %1 s") },
	{ "outdated", N_("out of date") },
	{ "wrong", N_("WRONG") },
	{ "found", N_("%1 of %2 found") },
	{ "matches", N_("%1 found") },
	{ "none", N_("nothing found") },
	{ "question", N_("Who sends what to whom next?") },
	/* TRANSLATORS: the score, right 7 of 9 */
	{ "score", N_("right %1 of %2") },
	{ "retry", N_("Try once more.") },
	{ "over", N_("Nothing more is asked here.") },
	{ "sum", N_("Asked %1, right %2, of these at the first try %3.") },
	{ "shown", N_("Solutions shown: %1.") },
};

void
html_words(struct html *h)
{
	buf_puts(h->out, "\"words\":{");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		buf_printf(
		    h->out, "%s\"%s\":", i > 0 ? ",\n" : "", words[i].name);
		html_put_json(h->out, str_of(i18n_text(words[i].text)));
	}
	buf_puts(h->out, "}\n");
}
