/* A trace as pcapng: the second walk; see writing/pcapng_in.h. */
#include "base/dates.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "trace/select.h"
#include "writing/pcapng_in.h"

static void
write_section(struct pcapng *p)
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
	date_write(&b, p->o->epoch_ns);
	pcapng_fail(p, b.err);
	if (p->err == 0)
		pcapng_put_section(
		    &p->file, "rung " RUNG_VERSION, buf_view(&b));
	buf_free(&b);
	for (uint32_t i = 1; p->packets && i <= p->nlinks; i++) {
		uint32_t number;

		pcapng_interface(p, i, &number);
	}
	pcapng_fail(p, p->file.err);
}

static int
check_nodes(const struct pcapng *p)
{
	for (size_t i = 0; i < p->o->nnodes; i++)
		if (trace_check_node(p->t, str_of(p->o->nodes[i]), p->d) != 0)
			return p->d->err;
	return 0;
}

static void
write_packets(struct pcapng *p)
{
	uint64_t n = trace_count(p->t);
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= n && p->err == 0; seq++) {
		enum trace_kind kind = trace_kind_of(p->t, seq);

		progress_count(N_("writing the packets"), seq, n);
		if (kind != TRACE_SEND && kind != TRACE_RECV &&
		    kind != TRACE_PACKET && kind != TRACE_DROP)
			continue;
		trace_get(p->t, seq, &rec);
		if (kind == TRACE_PACKET)
			pcapng_put_record(p, &rec);
		else if (kind == TRACE_SEND)
			pcapng_draw_send(p, &rec);
		else
			pcapng_put_arrival(p, &rec);
		if (kind == TRACE_RECV)
			pcapng_draw_recv(p, &rec);
	}
	if (n > 0)
		pcapng_draw_close(p, trace_time_of(p->t, n));
}

static void
free_pcapng(struct pcapng *p)
{
	for (size_t i = 0; i < p->nnames; i++)
		mem_free((char *)p->names[i].p);
	for (uint32_t i = 1; i <= p->nconns; i++)
		for (unsigned e = 0; e < 2; e++)
			mem_free(pcapng_conn(p, i)->ends[e].early);
	pcapng_file_free(&p->file);
	mem_free(p->at);
	mem_free(p->messages);
	mem_free(p->conns);
	mem_free(p->flights);
	mem_free(p->links);
	mem_free(p->names);
	map_destroy(p->by_name);
	map_destroy(p->by_link);
	map_destroy(p->by_pair);
	map_destroy(p->signals);
	map_destroy(p->by_conn);
	buf_free(&p->bytes);
	buf_free(&p->packed);
	buf_free(&p->frame);
	buf_free(&p->comment);
	buf_free(&p->scratch);
	buf_free(&p->key);
	buf_free(&p->framed);
	buf_free(&p->sealed);
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
		write_section(&p);
		write_packets(&p);
		err = p.err;
	}
	free_pcapng(&p);
	/* of what the sink says, its owner knows more */
	return err == 0 || err == ERR_IO
		   ? err
		   : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
