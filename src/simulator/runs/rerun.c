/* Makes runs again. */
#include "runs/rerun.h"

#include "base/err.h"
#include "base/mem.h"
#include "runs/inputs_named.h"
#include "text/utf8.h"

/* Records of one run that is judged; a lab has some hundred. */
#define RECORDS_MAX 2000000
/* Events in one slice. */
#define SLICE 5000

int
rerun_begin(struct rerun *r, struct inputs *in, struct diag *d)
{
	struct drive_options o = { .max_records = RECORDS_MAX,
		.events = SLICE };
	int err;

	*r = RERUN_INIT;
	err = trace_begin(&r->trace, _("the run's trace"));
	o.trace = r->trace;
	if (err == 0)
		err = drive_begin(&r->run, in, &o, d);
	return diag_fail(d, err);
}

/* A run that goes wrong at each request says so each time. */
static void
take_complaints(struct rerun *r)
{
	const struct diag *w;
	struct buf line = BUF_INIT;

	for (size_t i = 0; (w = run_warning(drive_run(r->run), i)) != NULL;
	     i++) {
		buf_clear(&line);
		diag_write(w, &line);
		buf_putc(&line, '\n');
		if (str_find(buf_view(&r->said), buf_cstr(&line)) < 0)
			buf_str(&r->said, buf_view(&line));
	}
	buf_end(&line, &r->said.err);
}

int
rerun_step(struct rerun *r, struct diag *d)
{
	struct diag failed = DIAG_INIT;
	enum run_state state;
	int err = drive_slice(r->run, NULL, &state, &failed);

	if (state == RUN_IS_OVER || err != 0) {
		take_complaints(r);
		drive_end(r->run);
		r->run = NULL;
	}
	return err == ERR_NOMEM || err == ERR_LIMIT
		   ? diag_set(
			 d, err, failed.file, failed.line, "%s", failed.text)
		   : 0;
}

void
rerun_free(struct rerun *r)
{
	drive_end(r->run);
	trace_destroy(r->trace);
	buf_free(&r->said);
	*r = RERUN_INIT;
}

int
rerun_inputs(
    struct inputs *in, struct trace **t, struct buf *said, struct diag *d)
{
	LOCAL(rerun_free) struct rerun r;
	int err = rerun_begin(&r, in, d);

	while (err == 0 && r.run != NULL)
		err = rerun_step(&r, d);
	if (said != NULL)
		buf_str(said, buf_view(&r.said));
	*t = err == 0 ? r.trace : NULL;
	if (err == 0)
		r.trace = NULL;
	return diag_fail(d, err);
}

/* ---- The packets of a trace with messages alone ---- */

void
network_rerun_free(struct network_rerun *r)
{
	trace_destroy(r->trace);
	mem_free(r->numbers);
	*r = (struct network_rerun){ .trace = NULL };
}

/* Record A of T and record B of AGAIN tell the same; ONE and OTHER are for
 * their bytes. */
static bool
tell_the_same(const struct trace *t, uint64_t a, const struct trace *again,
    uint64_t b, struct buf *one, struct buf *other)
{
	struct trace_rec x, y;

	trace_get(t, a, &x);
	trace_get(again, b, &y);
	return x.kind == y.kind && x.t == y.t && str_eq(x.node, y.node) &&
	       str_eq(trace_str(&x, "op", one), trace_str(&y, "op", other)) &&
	       str_eq(trace_str(&x, "dst_addr", one),
		   trace_str(&y, "dst_addr", other)) &&
	       str_eq(trace_bytes(&x, one), trace_bytes(&y, other));
}

/* What a record is about. */
enum about {
	ABOUT_NO_PACKET,
	ABOUT_MEDIA,
	ABOUT_SEGMENT, /* of TCP that is lost, of media or others */
	ABOUT_OTHERS
};

/* Of record SEQ of T; a record of folded media names no packet. */
static enum about
find_about(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	struct trace_send send;
	struct trace_rec rec;
	int64_t of;

	trace_get(t, seq, &rec);
	of = rec.kind == TRACE_SEND ? (int64_t)seq : trace_int(&rec, "of", 0);
	if (of == 0 && rec.kind == TRACE_DROP && trace_int(&rec, "conn", 0) > 0)
		return ABOUT_SEGMENT;
	if (of < 1 || (uint64_t)of > seq ||
	    trace_kind_of(t, (uint64_t)of) != TRACE_SEND)
		return ABOUT_NO_PACKET;
	trace_get(t, (uint64_t)of, &rec);
	if (trace_get_send_parts(&rec, TRACE_SEND_PROTO, &send, scratch) != 0)
		return ABOUT_NO_PACKET;
	return trace_class_of(send.proto) == TRACE_CLASS_MEDIA ? ABOUT_MEDIA
							       : ABOUT_OTHERS;
}

/* Numbers R's records as T does, up to the end of T, which may have been
 * stopped before the run's. */
static int
hold_against(struct network_rerun *r, const struct trace *t,
    enum trace_detail detail, struct diag *why)
{
	uint64_t n = trace_count(r->trace), most = trace_count(t), number = 0;
	LOCAL_BUF one = BUF_INIT, other = BUF_INIT;
	enum about about;
	bool same = true, folded;

	if (trace_complete(t))
		most--;
	r->numbers = mem_zalloc((size_t)n + 1, sizeof(*r->numbers));
	if (r->numbers == NULL)
		return ERR_NOMEM;
	for (uint64_t seq = 1; seq <= n && number < most && same; seq++) {
		if (trace_kind_detail(trace_kind_of(r->trace, seq)) > detail)
			continue;
		about = find_about(r->trace, seq, &one);
		folded = about == ABOUT_MEDIA || about == ABOUT_SEGMENT;
		/* A loss at the same instant may be one of media, and one of a
		 * message. */
		same =
		    tell_the_same(t, number + 1, r->trace, seq, &one, &other) &&
		    !(folded &&
			find_about(t, number + 1, &one) == ABOUT_OTHERS);
		if (same)
			r->numbers[seq] = ++number;
		same |= folded;
	}
	if (same && number == most)
		return 0;
	return diag_set(why, ERR_STATE, NULL, 0, _("record %llu differs"),
	    (unsigned long long)number + 1);
}

/*
 * A trace with messages alone has no packets, but its first line has the inputs
 * of its run: they are run again with the detail network.  The records are the
 * same then, with those of packets between them and other numbers; whether they
 * are is checked against the trace, record by record.  If a trace has folded
 * media (net_udp_send_folded), their packets are more records between them as
 * well.
 */
int
network_rerun(struct network_rerun *r, const struct trace *t, const char *file,
    struct diag *why)
{
	struct inputs in;
	int err;

	*r = (struct network_rerun){ .trace = NULL };
	if (trace_head(t)->inputs.type == JSON_NONE)
		return 0;
	err = file != NULL ? inputs_from_trace(&in, t, file, why)
			   : inputs_from_head(&in, t, "", why);
	if (err == 0 && in.detail != TRACE_NETWORK) {
		enum trace_detail detail = in.detail;

		err = inputs_set_detail(&in, TRACE_NETWORK, why);
		if (err == 0)
			err = rerun_inputs(&in, &r->trace, NULL, why);
		if (err == 0)
			err = hold_against(r, t, detail, why);
	}
	inputs_free(&in);
	if (err != 0)
		network_rerun_free(r);
	return err == ERR_NOMEM ? err : 0;
}
