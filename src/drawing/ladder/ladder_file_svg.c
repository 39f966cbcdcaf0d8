/* The pages of the ladder's picture written as SVG. */
#include "ladder/ladder_file.h"

#include "base/err.h"
#include "ladder/ladder_file_in.h"
#include "words/trace_words.h"

int
ladder_svg_write(const struct trace *t, const struct layout *l,
    const struct ladder_file_options *o, struct buf *out, struct diag *d)
{
	struct layout titled = *l;
	struct ladder_job j = { "svg", t, &titled, o, d, BUF_INIT, BUF_INIT };
	struct ladder_pages p;
	int err;

	if (o->title != NULL)
		titled.title = str_of(o->title);
	origin_put_both(&j.footer, &j.source, t);
	err = ladder_job_draw(&j, &p);
	if (err == 0)
		err = buf_move(out, &p.list[0]);
	ladder_pages_free(&p);
	buf_end(&j.footer, &err);
	buf_end(&j.source, &err);
	return diag_fail(d, err);
}
