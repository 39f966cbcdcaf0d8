/* A trace as pcapng: the second walk; see capture/pcapng_in.h. */
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "capture/pcapng_in.h"

/* 2020-01-01T00:00:00Z */
static void
put_moment(struct buf *b, int64_t ns)
{
	int64_t s = ns / 1000000000, day = s / 86400, z, era, doe, yoe, doy;
	int64_t year, month, mp;

	s %= 86400;
	/* days since 0000-03-01, in eras of 400 years */
	z = day + 719468;
	era = z / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	month = mp < 10 ? mp + 3 : mp - 9;
	year = yoe + era * 400 + (month <= 2);
	buf_printf(b, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, (int)month,
	    (int)(doy - (153 * mp + 2) / 5 + 1), (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60));
}

static void
put_head(struct pcapng *p)
{
	const struct trace_head *h = trace_head(p->t);
	struct buf b = BUF_INIT;

	if (p->o->title != NULL)
		buf_puts(&b, p->o->title);
	else
		buf_str(&b, h->title);
	buf_putc(&b, '\n');
	buf_printf(&b, _("rung · seed %lld · trace %016llx"),
	    (long long)h->seed, (unsigned long long)p->o->hash);
	buf_putc(&b, '\n');
	buf_puts(&b, _("time 0 is "));
	put_moment(&b, p->o->epoch_ns);
	pcapng_fail(p, b.err);
	if (p->err == 0)
		pcapng_put_section(
		    &p->file, "rung " RUNG_VERSION, buf_view(&b));
	buf_free(&b);
	for (uint32_t i = 1; p->packets && i <= p->links.n; i++) {
		uint32_t number;

		pcapng_interface(p, i, &number);
	}
	pcapng_fail(p, p->file.err);
}

static int
check_nodes(const struct pcapng *p)
{
	for (size_t i = 0; i < p->o->nnodes; i++)
		if (trace_find_node(p->t, str_of(p->o->nodes[i])) == NULL)
			return diag_set(p->d, ERR_NOTFOUND, NULL, 0,
			    _("the trace has no node “%s”"), p->o->nodes[i]);
	return 0;
}

static void
walk(struct pcapng *p)
{
	uint64_t n = trace_count(p->t);
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= n && p->err == 0; seq++) {
		enum trace_kind kind = trace_kind_of(p->t, seq);

		progress_count(N_("writing the packets"), seq, n);
		if (kind != TRACE_SEND && kind != TRACE_RECV &&
		    kind != TRACE_PACKET)
			continue;
		trace_get(p->t, seq, &rec);
		if (kind == TRACE_PACKET)
			pcapng_put_record(p, &rec);
		else if (kind == TRACE_SEND)
			pcapng_draw_send(p, &rec);
		else
			pcapng_draw_recv(p, &rec);
	}
	if (n > 0)
		pcapng_draw_close(p, trace_time_of(p->t, n));
}

static void
clear(struct pcapng *p)
{
	for (size_t i = 0; i < p->names.n; i++)
		mem_free((char *)ROW(p->names, struct str, i)->p);
	for (uint32_t i = 1; i <= p->conns.n; i++)
		for (unsigned e = 0; e < 2; e++)
			mem_free(pcapng_conn(p, i)->ends[e].early.p);
	pcapng_file_free(&p->file);
	mem_free(p->at);
	mem_free(p->messages.p);
	mem_free(p->conns.p);
	mem_free(p->flights.p);
	mem_free(p->links.p);
	mem_free(p->names.p);
	map_destroy(p->by_name);
	map_destroy(p->by_link);
	map_destroy(p->by_pair);
	map_destroy(p->by_conn);
	buf_free(&p->bytes);
	buf_free(&p->packed);
	buf_free(&p->frame);
	buf_free(&p->comment);
	buf_free(&p->scratch);
	buf_free(&p->key);
}

int
pcapng_write(const struct trace *t, const struct pcapng_options *o,
    sink_fn *sink, void *arg, struct diag *d)
{
	struct pcapng p = { .t = t, .o = o, .d = d };
	int err;

	p.file.sink = sink;
	p.file.arg = arg;
	err = check_nodes(&p);
	if (err == 0)
		err = pcapng_links_create(&p);
	if (err == 0)
		err = pcapng_index(&p);
	if (err == 0) {
		put_head(&p);
		walk(&p);
		err = p.err;
	}
	clear(&p);
	/* of what the sink says, its owner knows more */
	return err == 0 || err == ERR_IO
		   ? err
		   : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
