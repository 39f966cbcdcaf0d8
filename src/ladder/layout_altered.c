/* A message that a fault changed on its way says so on its arrow: what is
 * written there is what was sent. */
#include "base/err.h"
#include "base/i18n.h"
#include "words/altered.h"
#include "ladder/layout_in.h"

/* TEXT, if there is any, with WORD behind it. */
static int
append(struct layout_making *m, const char *word, struct str *text)
{
	if (text->n == 0)
		return 0;
	buf_clear(&m->text);
	buf_str(&m->text, *text);
	/* TRANSLATORS: "INVITE (SDP), edited" */
	buf_printf(&m->text, _(", %s"), word);
	return m->text.err != 0
		   ? ERR_NOMEM
		   : layout_keep(m->l->store, buf_view(&m->text), text);
}

int
layout_alter(struct layout_making *m, const struct trace_rec *fault,
    struct layout_row *row)
{
	const char *word = altered_word(fault, &m->name);
	int err = m->name.err;

	/* Said once, whatever else befalls it. */
	if (err != 0 || word == NULL || row->altered)
		return err;
	row->altered = true;
	if ((err = append(m, word, &row->label)) == 0)
		err = append(m, word, &row->named);
	return err;
}
