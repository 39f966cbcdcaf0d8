/* A message that a fault changed on its way says so on its arrow: what is
 * written there is what was sent. */
#include "base/i18n.h"
#include "words/altered.h"
#include "ladder/layout_in.h"

/* TEXT, if there is any, with WORD behind it. */
static void
append_word(struct layout_making *m, const char *word, struct str *text)
{
	if (text->n == 0)
		return;
	buf_clear(&m->text);
	buf_str(&m->text, *text);
	/* TRANSLATORS: "INVITE (SDP), edited" */
	buf_printf(&m->text, _(", %s"), word);
	*text = layout_keep(m, buf_view(&m->text));
}

void
layout_alter(struct layout_making *m, const struct trace_rec *fault,
    struct layout_row *row)
{
	const char *word = altered_word(fault, &m->name);

	/* Said once, whatever else befalls it. */
	if (word == NULL || row->altered)
		return;
	row->altered = true;
	append_word(m, word, &row->label);
	append_word(m, word, &row->named);
}
