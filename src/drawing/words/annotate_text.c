/* An explained message as text: the pane's, written out. */
#include "words/annotate_text.h"

#include "words/annotate_doc_in.h"

#define WIDTH 80

int
annotate_text(const struct msg_notes *notes,
    const struct annotate_text_options *o, struct buf *out)
{
	struct annotate_options page = { .width = WIDTH };
	struct doc d = DOC_INIT;
	int err;

	if (o != NULL && o->width != 0)
		page.width = o->width;
	annotate_doc(notes, &page, &d);
	err = doc_write_colour(&d, o != NULL ? o->theme : THEME_NONE, out);
	doc_free(&d);
	return err;
}
