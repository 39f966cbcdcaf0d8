/* rung export -f pcapng: the trace's packets as a capture. */
#include "base/err.h"
#include "capture/pcapng_write.h"
#include "cli/choice.h"
#include "cli/exporters.h"
#include "words/record_text.h"

struct job {
	const struct trace *t;
	struct pcapng_options o;
	struct diag *d;
};

int
cli_set_epoch(struct cli *c, const char *value, struct diag *d)
{
	if (pcapng_epoch(str_of(value), &c->epoch_ns) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--epoch: \"%s\" is no date from 1970 to 2261; expected "
	      "something like 2020-01-01 or 2020-01-01T09:30:00Z"),
	    value);
}

/* The sentence, and the rule below it. */
static void
put_words(uint64_t seq, struct buf *out, void *arg)
{
	const struct job *j = arg;
	struct buf rule = BUF_INIT;
	struct trace_rec rec;

	trace_get(j->t, seq, &rec);
	record_sentence(j->t, &rec, out);
	if (record_rule(&rec, &rule)) {
		buf_putc(out, '\n');
		buf_str(out, buf_view(&rule));
	}
	if (rule.err != 0)
		out->err = rule.err;
	buf_free(&rule);
}

static int
write_to(sink_fn *sink, void *to, void *arg)
{
	struct job *j = arg;

	return pcapng_write(j->t, &j->o, sink, to, j->d);
}

static int
write_pcapng(struct cli *c, const struct trace *t, struct diag *d)
{
	struct job j = { t, PCAPNG_OPTIONS, d };

	if (cli_check_calls(c, t, d) != 0 || cli_check_from(c, t, d) != 0)
		return d->err;
	if (c->epoch_ns >= 0)
		j.o.epoch_ns = c->epoch_ns;
	j.o.title = c->title;
	j.o.nodes = c->nodes;
	j.o.nnodes = c->nnodes;
	j.o.calls = c->calls;
	j.o.ncalls = c->ncalls;
	j.o.from_ns = c->from_ns;
	j.o.to_ns = c->to_ns;
	j.o.words = put_words;
	j.o.words_arg = &j;
	return cli_output(c, c->output, write_to, &j, d);
}

const struct cli_exporter cli_export_pcapng = {
	.name = "pcapng",
	.has_detail = true,
	.detail = TRACE_NETWORK,
	.fn = write_pcapng,
};
