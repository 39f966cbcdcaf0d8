/*
 * rung export -f pcapng: the trace's packets as a capture.  They are those of
 * the trace, else those of its run made again (runs/network_rerun.h), else
 * drawn up from its messages.
 */
#include "base/dates.h"
#include "base/err.h"
#include "writing/pcapng_write.h"
#include "cli/choice.h"
#include "cli/exporters.h"
#include "runs/network_rerun.h"
#include "words/record_text.h"

/* What a trace says of its beginning is believed up to the year 2200. */
#define START_MOST (INT64_C(7258118400) * 1000000000)

struct job {
	const struct trace *t; /* what is written */
	struct network_rerun rerun;
	struct pcapng_options o;
	struct diag *d;
};

int
cli_set_epoch(struct cli *c, const char *value, struct diag *d)
{
	struct str s = str_of(value);
	int days;

	if (date_read(s, &c->epoch_ns) == 0)
		return 0;
	days = date_days_there(s);
	if (days > 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--epoch: “%s”: that month has %d days"), value, days);
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--epoch: “%s” is no date from 1970 to 2261; expected "
	      "something like 2020-01-01 or 2020-01-01T09:30:00Z"),
	    value);
}

/* "12: ", the sentence, and the rule below it.  The number is that of the trace
 * that was given; what only the run made again tells has none. */
static void
put_record_words(uint64_t seq, struct buf *out, void *arg)
{
	const struct job *j = arg;
	uint64_t number = j->rerun.trace != NULL ? j->rerun.numbers[seq] : seq;
	struct buf rule = BUF_INIT;
	struct trace_rec rec;

	trace_get(j->t, seq, &rec);
	if (number != 0) {
		buf_u64(out, number);
		buf_puts(out, ": ");
	}
	record_sentence(j->t, &rec, out);
	if (record_rule(&rec, &rule)) {
		buf_putc(out, '\n');
		buf_str(out, buf_view(&rule));
	}
	buf_end(&rule, &out->err);
}

static int
write_packets(sink_fn *sink, void *to, void *arg)
{
	struct job *j = arg;

	return pcapng_write(j->t, &j->o, sink, to, j->d);
}

/* Makes the run again unless its packets are there or less was asked for; what
 * lies behind the end of T is left out. */
static int
run_again(const struct cli *c, const struct trace *t, struct job *j)
{
	struct diag why = DIAG_INIT;
	uint64_t last = trace_count(t);
	int err = 0;

	if (!cli_given(c, "detail"))
		err = network_rerun(&j->rerun, t, c->file, &why);
	if (err != 0)
		return diag_set(j->d, err, NULL, 0, "%s", err_text(err));
	if (why.err != 0 && !c->quiet)
		cli_remark(c,
		    _("the run of this trace can't be made again (%s); its "
		      "packets are drawn up from the messages"),
		    why.text);
	if (j->rerun.trace == NULL)
		return 0;
	j->t = j->rerun.trace;
	if (last > 0 && j->o.to_ns > trace_time_of(t, last))
		j->o.to_ns = trace_time_of(t, last);
	return 0;
}

static int
write_pcapng(struct cli *c, const struct trace *t, struct diag *d)
{
	struct job j = { .t = t, .o = PCAPNG_OPTIONS, .d = d };
	int64_t start = trace_head(t)->start_ns;
	int err;

	if (cli_check_calls(c, t, d) != 0 || cli_check_from(c, t, d) != 0)
		return d->err;
	/* A capture keeps its date. */
	if (c->epoch_ns >= 0)
		j.o.epoch_ns = c->epoch_ns;
	else if (start >= 0 && start <= START_MOST)
		j.o.epoch_ns = start;
	j.o.title = c->title;
	j.o.nodes = c->nodes;
	j.o.nnodes = c->nnodes;
	j.o.calls = c->calls;
	j.o.ncalls = c->ncalls;
	j.o.from_ns = c->from_ns;
	j.o.to_ns = c->to_ns;
	j.o.hash = trace_hash(t);
	j.o.words = put_record_words;
	j.o.words_arg = &j;
	err = run_again(c, t, &j);
	if (err == 0)
		err = cli_output(c, c->output, write_packets, &j, d);
	network_rerun_free(&j.rerun);
	return err;
}

const struct cli_exporter cli_export_pcapng = {
	.name = "pcapng",
	.has_detail = true,
	.detail = TRACE_NETWORK,
	.fn = write_pcapng,
};
