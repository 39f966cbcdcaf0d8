/* rung show FILE RECORD --layers: the packets of a message (views/panes/
 * layers.h), as they were where its run can be made again. */
#include "base/err.h"
#include "cli/choice.h"
#include "runs/network_rerun.h"
#include "views/panes/layers.h"
#include "words/record_text.h"

/* As many cells as a page that asks for no width. */
#define WIDTH_USUAL 80

/* The number in the run made again of what is record SEQ. */
static uint64_t
number_again(const struct network_rerun *r, uint64_t seq)
{
	uint64_t n = trace_count(r->trace);

	for (uint64_t i = 1; i <= n; i++)
		if (r->numbers[i] == seq)
			return i;
	return 0;
}

/* Into TEXT; of T's run made again where T has no packets itself. */
static int
put_layers(struct cli *c, const struct trace *t, const struct trace_rec *send,
    struct doc *text, struct diag *d)
{
	size_t width = c->width != 0 ? c->width : WIDTH_USUAL;
	struct network_rerun again = { .trace = NULL };
	struct diag why = DIAG_INIT;
	int err = network_rerun(&again, t, c->file, &why);

	if (err != 0)
		return diag_set(d, err, NULL, 0, "%s", err_text(err));
	if (why.err != 0)
		cli_remark(c,
		    _("the run of this trace can't be made again (%s); its "
		      "packets are drawn up from the messages"),
		    why.text);
	if (again.trace == NULL)
		err = layers_of(t, send, t, send->seq, width, text, d);
	else
		err = layers_of(t, send, again.trace,
		    number_again(&again, send->seq), width, text, d);
	network_rerun_free(&again);
	return err;
}

int
cli_show_layers(struct cli *c, const struct trace *t, uint64_t seq,
    struct buf *out, struct diag *d)
{
	struct trace_rec rec, send;
	struct doc text = DOC_INIT;
	int err;

	trace_get(t, seq, &rec);
	if (!record_message(t, &rec, &send))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("record %llu is about no message, so it has no layers"),
		    (unsigned long long)seq);
	err = put_layers(c, t, &send, &text, d);
	if (err == 0)
		err = text.err;
	if (err == 0)
		return cli_put_doc(c, &text, out);
	doc_free(&text);
	return err;
}
