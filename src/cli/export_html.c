/* rung export -f html: the ladder as a page to step through. */
#include "base/err.h"
#include "cli/exporters.h"
#include "views/html/html_page.h"

static int
write_html(struct cli *c, const struct trace *t, struct diag *d)
{
	struct layout_options o = cli_layout_options(c);
	const struct html_options page = { .title = c->title, .layout = &o };
	struct buf out = BUF_INIT;
	struct layout *l = NULL;
	struct cli_pick pick;
	int err = cli_lay_out(&l, &pick, c, t, &o, d);

	if (err == 0)
		err = html_page_write(t, l, &page, &out, d);
	if (err == 0)
		err = cli_write(c, &out, c->output, d);
	layout_destroy(l);
	cli_pick_free(&pick);
	buf_free(&out);
	return err;
}

const struct cli_exporter cli_export_html = {
	.name = "html",
	.fn = write_html,
};
