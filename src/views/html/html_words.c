/* The words that the page's script puts together, in the user's language. */
#include "base/i18n.h"
#include "views/html/html_in.h"

/* X(name in the script, text); %s and %1, %2 are filled in there. */
#define WORDS(X)                                                              \
	X(start, N_("Before the first record"))                               \
	/* TRANSLATORS: where the page stands: "Message 3 of 28" */           \
	X(of, N_("Message %1 of %2"))                                         \
	X(at, N_("record %1 of %2, at %3 s"))                                 \
	X(record, N_("record %1"))                                            \
	X(nomessage, N_("There is no message in this record."))               \
	X(again, N_("sent again, the same bytes as record %1"))               \
	X(missing, N_("The trace names no cause for the last step: what led " \
		      "to it was not recorded."))                             \
	X(came, N_("What came of it"))                                        \
	X(nothing, N_("Nothing came of it directly."))                        \
	X(same, N_("as above"))                                               \
	X(more, N_("… %1 more"))                                              \
	X(idle, N_("Nothing lives here now."))                                \
	X(since, N_("since %1 s"))                                            \
	X(left, N_("%1 left"))                                                \
	X(due, N_("due at %1 s"))                                             \
	X(outdated, N_("out of date"))                                        \
	X(wrong, N_("WRONG"))                                                 \
	X(found, N_("%1 of %2 found"))                                        \
	X(matches, N_("%1 found"))                                            \
	X(none, N_("nothing found"))                                          \
	X(question, N_("Who sends what to whom next?"))                       \
	/* TRANSLATORS: the score, right 7 of 9 */                            \
	X(score, N_("right %1 of %2"))                                        \
	X(retry, N_("Try once more."))                                        \
	X(over, N_("Nothing more is asked here."))                            \
	X(sum, N_("Asked %1, right %2, of these at the first try %3."))       \
	X(shown, N_("Solutions shown: %1."))

void
html_words(struct html *h)
{
	static const struct {
		const char *name, *text;
	} words[] = {
#define X(name, text) { #name, text },
		WORDS(X)
#undef X
	};

	buf_puts(h->out, "\"words\":{");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		buf_printf(
		    h->out, "%s\"%s\":", i > 0 ? ",\n" : "", words[i].name);
		html_put_json(h->out, str_of(i18n_text(words[i].text)));
	}
	buf_puts(h->out, "}\n");
}
