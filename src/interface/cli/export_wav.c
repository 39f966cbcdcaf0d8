/* rung export -f wav: what a node hears, or says. */
#include "cli/exporters.h"
#include "cli/listen.h"

struct job {
	struct cli *c;
	const struct trace *t;
	struct diag *d;
};

static int
write_sound(sink_fn *sink, void *to, void *arg)
{
	const struct job *j = arg;
	const struct buf_drain drain = { sink, to };
	struct buf out = BUF_INIT;
	int err;

	out.drain = &drain;
	err = cli_listen_write(j->c, j->t, &out, j->d);
	buf_free(&out);
	return err;
}

static int
write_wav(struct cli *c, const struct trace *t, struct diag *d)
{
	struct job j = { c, t, d };

	return cli_output(c, c->output, write_sound, &j, d);
}

const struct cli_exporter cli_export_wav = {
	.name = "wav",
	.has_detail = true,
	.detail = TRACE_NETWORK,
	.fn = write_wav,
};
