/*
 * Media as bands, one for each direction and stream, as long as it goes on: of
 * a run the packets that were sent, summed up; of a capture its streams, from
 * the first packet to the last.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "ladder/layout_in.h"
#include "media/rtp.h"

static const char *
band_layout_name_of(bool control, bool sealed)
{
	static const char *const names[2][2] = { { "RTP", "SRTP" },
		{ "RTCP", "SRTCP" } };

	return names[control][sealed];
}

static int
add_band(struct layout_making *m, const struct trace_rec *rec, size_t from,
    size_t to, struct str key, struct layout_row **row)
{
	int err = layout_add_row(m, rec, row);

	if (err != 0)
		return err;
	(*row)->item = LAYOUT_MEDIA;
	(*row)->class = TRACE_CLASS_MEDIA;
	(*row)->arrow = TRACE_ARROW_OTHER;
	(*row)->from = from;
	(*row)->to = to;
	(*row)->copies = 1;
	(*row)->label = (*row)->brief =
	    str_of(band_layout_name_of(false, false));
	return map_put(m->media, key, (void *)(uintptr_t)m->l->nrows);
}

/*
 * How long a stream's packets may keep off until its band is over.  Of sound a
 * packet has at most 200 ms that every receiver must take (RFC 3551 4.2): two
 * of these.  Behind comfort noise (RFC 3389) a pause in speech is not a loss,
 * which lasts a few seconds at a time; a call that is held is silent for
 * longer.  Reports are up to 6.2 s apart (RFC 3550 6.3.1): two of those.
 */
#define MS            INT64_C(1000000)
#define SOUND_PAUSE   (400 * MS)
#define SILENCE_PAUSE (5000 * MS)
#define REPORT_PAUSE  (12400 * MS)

/* What tells streams apart: who sends to whom, from where to where, and the
 * SSRC. */
struct stream_key {
	size_t from, to;
	uint32_t ssrc;
	bool control;
	bool silence; /* a packet of it says so; no part of the key */
};

static struct stream_key
band_layout_read_packet(struct layout_making *m, const struct trace_rec *rec,
    size_t from, size_t to, bool control)
{
	struct str bytes = trace_bytes(rec, &m->text);
	struct stream_key e = { .from = from, .to = to, .control = control };
	const uint8_t *p = (const uint8_t *)bytes.p;
	struct rtcp_head report;
	struct rtp_head head;

	if (control && rtcp_read_head(p, bytes.n, &report))
		e.ssrc = report.ssrc;
	else if (!control && rtp_read_head(p, bytes.n, &head)) {
		e.ssrc = head.ssrc;
		e.silence = head.payload == RTP_COMFORT;
	}
	return e;
}

/* In the scratch. */
static struct str
band_layout_key_of(struct layout_making *m, const struct stream_key *e,
    const struct trace_send *s)
{
	buf_clear(&m->text);
	buf_printf(
	    &m->text, "%zu %zu %u %d ", e->from, e->to, e->ssrc, e->control);
	buf_str(&m->text, s->src_addr);
	buf_putc(&m->text, ' ');
	buf_str(&m->text, s->dst_addr);
	return buf_view(&m->text);
}

/* What the map has of a source whose packets have a record of their beginning:
 * its band is drawn by that. */
static struct str
band_layout_told_key(struct layout_making *m, size_t from, uint32_t ssrc)
{
	buf_clear(&m->text);
	buf_printf(&m->text, "told %zu %u", from, ssrc);
	return buf_view(&m->text);
}

static bool
band_layout_goes_on(
    const struct layout_row *row, const struct trace_rec *rec, bool control)
{
	int64_t pause = row->media.silence ? SILENCE_PAUSE : SOUND_PAUSE;

	return rec->t - row->t_end <= (control ? REPORT_PAUSE : pause);
}

int
layout_media_packet(struct layout_making *m, const struct trace_rec *rec,
    const struct trace_send *s, size_t from, size_t to)
{
	enum trace_proto proto = trace_proto_find(s->proto);
	bool control = proto == TRACE_PROTO_RTCP || proto == TRACE_PROTO_SRTCP;
	bool sealed = proto == TRACE_PROTO_SRTP || proto == TRACE_PROTO_SRTCP;
	struct stream_key e =
	    band_layout_read_packet(m, rec, from, to, control);
	struct layout_row *row;
	struct str key;
	uintptr_t at;
	int err;

	if (!control &&
	    map_get(m->media, band_layout_told_key(m, from, e.ssrc)) != NULL)
		return 0;
	key = band_layout_key_of(m, &e, s);
	at = (uintptr_t)map_get(m->media, key);
	if (at == 0 ||
	    !band_layout_goes_on(&m->l->rows[at - 1], rec, control)) {
		err = add_band(m, rec, from, to, key, &row);
		if (err != 0)
			return err;
		row->label = row->brief =
		    str_of(band_layout_name_of(control, sealed));
	} else {
		m->row_of[rec->seq] = (uint32_t)at;
		row = &m->l->rows[at - 1];
		row->copies++;
		row->lost = false;
		row->t_end = rec->t;
		row->end_seq = rec->seq;
	}
	row->media.silence = e.silence;
	return 0;
}

/* What became of a packet; of several copies one that arrives is enough. */
enum fate {
	UNDER_WAY,
	ARRIVED,
	MISSING,
};

void
layout_media_arrived(
    struct layout_making *m, struct layout_row *row, uint64_t of)
{
	if (m->repeats[of] == MISSING) {
		row->media.missing--;
		row->copies++;
	}
	m->repeats[of] = ARRIVED;
	row->lost = false;
}

void
layout_media_dropped(struct layout_making *m, struct layout_row *row,
    uint64_t of, struct str reason)
{
	if (m->repeats[of] != UNDER_WAY)
		return;
	m->repeats[of] = MISSING;
	row->media.missing++;
	row->copies--;
	if (row->copies == 0)
		layout_lost(m, row, reason);
}

static void
label_stream(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row)
{
	bool sealed = trace_str(rec, "suite", &m->name).n > 0;
	struct str codec = trace_str(rec, "codec", &m->name);

	row->brief = str_of(band_layout_name_of(false, sealed));
	buf_clear(&m->text);
	buf_str(&m->text, row->brief);
	if (codec.n > 0) {
		buf_putc(&m->text, ' ');
		buf_str(&m->text, str_cut(codec, '/', &codec));
	}
	/* To no node: where it goes is told in words. */
	if (row->from == row->to) {
		buf_puts(&m->text, " → ");
		buf_str(&m->text, trace_str(rec, "peer", &m->name));
	}
	row->label = layout_keep_text(m, buf_view(&m->text));
}

/* "49170" of "192.0.2.1:49170". */
static struct str
band_layout_port_of(struct str peer)
{
	return str_slice(peer, (size_t)(str_rchr(peer, ':') + 1), peer.n);
}

/* "to port 6002, SDP has 6000; type 18, SDP has 8 101": what it has against its
 * receiver's SDP; and where it goes, if it does not arrive. */
static void
put_amiss(struct layout_making *m, const struct trace_rec *rec, struct buf *b)
{
	struct buf two = BUF_INIT;
	struct str peer = trace_str(rec, "peer", &m->name);
	struct str asked = trace_str(rec, "asked", &two);

	if (asked.n > 0 && str_eq(trace_host_of(asked), trace_host_of(peer))) {
		/* TRANSLATORS: where media go, and where SDP wants them */
		buf_printf(b, _("to port %.*s, SDP has %.*s"),
		    STR_ARG(band_layout_port_of(peer)),
		    STR_ARG(band_layout_port_of(asked)));
	} else if (asked.n > 0) {
		/* TRANSLATORS: the same; two addresses with ports */
		buf_printf(b, _("to %.*s, SDP has %.*s"), STR_ARG(peer),
		    STR_ARG(asked));
	} else if (trace_str(rec, "reason", &two).n > 0) {
		/* TRANSLATORS: media; an address */
		buf_printf(b, _("to %.*s"), STR_ARG(peer));
	}
	buf_clear(&two);
	asked = trace_str(rec, "formats", &two);
	if (asked.n > 0) {
		buf_puts(b, b->n > 0 ? "; " : "");
		/* TRANSLATORS: media; numbers, "type 18, SDP has 8 101" */
		buf_printf(b, _("type %lld, SDP has %.*s"),
		    (long long)trace_int(rec, "pt", -1), STR_ARG(asked));
	}
	buf_end(&two, &b->err);
}

static void
note_amiss(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row)
{
	struct buf amiss = BUF_INIT;
	struct str reason;

	put_amiss(m, rec, &amiss);
	buf_clear(&m->text);
	utf8_add_safe(&m->text, buf_view(&amiss));
	buf_end(&amiss, &m->text.err);
	row->media.amiss = layout_keep_text(m, buf_view(&m->text));
	reason = trace_str(rec, "reason", &m->name);
	if (reason.n > 0)
		layout_lost(m, row, reason);
}

/* The column that a stream goes to: of the node that has asked for it there,
 * else of the one with that address; else FROM, its own. */
static int
column_to(struct layout_making *m, const struct trace_rec *rec, size_t from,
    size_t *to)
{
	struct str dst = trace_str(rec, "dst", &m->name);
	int err = 0;

	if (dst.n == 0)
		dst = trace_node_at(m->trace, trace_str(rec, "peer", &m->name));
	*to = LAYOUT_NONE;
	if (dst.n > 0)
		err = layout_column_of(m, dst, to);
	if (err == 0 && *to == LAYOUT_NONE)
		*to = from;
	return err;
}

/* ---- early media ---- */

/* What the map has of a call: that it rings; and its Nth band from then. */
static struct str
early_key(struct layout_making *m, struct str call, size_t n)
{
	buf_clear(&m->text);
	buf_printf(&m->text, "early %zu ", n);
	buf_str(&m->text, call);
	return buf_view(&m->text);
}

/* ROW, the newest, begins with REC. */
static int
note_kind(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str call = trace_str(rec, "call", &scratch);
	size_t n = 0;
	int err = 0;

	if (str_is(trace_str(rec, "type", &m->name), "video"))
		row->media.kind = LAYOUT_VIDEO;
	if (call.n > 0 && map_get(m->media, early_key(m, call, 0)) != NULL) {
		row->media.kind = LAYOUT_EARLY;
		while (map_get(m->media, early_key(m, call, n)) != NULL)
			n++;
		err = map_put(m->media, early_key(m, call, n),
		    (void *)(uintptr_t)m->l->nrows);
	}
	if (scratch.err != 0)
		err = ERR_NOMEM;
	return err;
}

int
layout_media_call(struct layout_making *m, const struct trace_rec *rec)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str call = trace_str(rec, "id", &scratch);
	struct str state = trace_str(rec, "state", &m->name);
	int err = 0;

	if (str_is(state, "calling") || str_is(state, "proceeding") ||
	    str_is(state, "early")) {
		if (map_get(m->media, early_key(m, call, 0)) == NULL)
			err = map_put(m->media, early_key(m, call, 0), m);
	} else if (map_remove(m->media, early_key(m, call, 0)) != NULL) {
		uintptr_t at;

		for (size_t n = 1; (at = (uintptr_t)map_remove(
					m->media, early_key(m, call, n))) != 0;
		     n++)
			m->l->rows[at - 1].media.t_answer = rec->t;
	}
	if (scratch.err != 0)
		err = ERR_NOMEM;
	return err;
}

/* REC is the end of ROW: a run's says how many packets were sent, a capture's
 * how many were seen and how many between these were not. */
static void
band_layout_take_stop(const struct trace_rec *rec, struct layout_row *row)
{
	int64_t packets = trace_int(rec, "packets", 0);
	int64_t lost = trace_int(rec, "lost", -1);

	if (packets <= 0 || packets > UINT32_MAX)
		return;
	row->copies = (unsigned)packets;
	if (lost > 0 && lost <= UINT32_MAX - packets)
		row->media.missing = (unsigned)lost;
	row->media.sent = (unsigned)packets;
	row->media.summed = lost < 0;
}

/* A capture's record: packets without a source of their own have no band. */
static int
begin_stream(
    struct layout_making *m, const struct trace_rec *rec, struct str key)
{
	size_t from, to;
	struct layout_row *row;
	int err = layout_column_of(m, rec->node, &from);

	if (err == 0)
		err = column_to(m, rec, from, &to);
	if (err != 0 || !layout_in_window(m, rec->t) ||
	    !layout_wants_pair(m, from, to))
		return err;
	err = add_band(m, rec, from, to, key, &row);
	if (err != 0)
		return err;
	row->media.flows = row->media.summed = true;
	row->media.ssrc = trace_int(rec, "ssrc", -1);
	label_stream(m, rec, row);
	note_amiss(m, rec, row);
	err = map_put(m->media,
	    band_layout_told_key(m, from, (uint32_t)trace_int(rec, "ssrc", 0)),
	    m);
	return err == 0 ? note_kind(m, rec, row) : err;
}

/* A stream of REC: its SSRC goes between two ends, with one codec at a time. */
static void
put_stream_key(
    struct layout_making *m, const struct trace_rec *rec, struct buf *key)
{
	buf_printf(key, "%lld ", (long long)trace_int(rec, "ssrc", -1));
	buf_str(key, rec->node);
	buf_putc(key, ' ');
	buf_str(key, trace_str(rec, "peer", &m->name));
	buf_putc(key, ' ');
	buf_str(key, trace_str(rec, "codec", &m->name));
	buf_printf(key, " %lld", (long long)trace_int(rec, "pt", -1));
}

int
layout_media_stream(struct layout_making *m, const struct trace_rec *rec)
{
	LOCAL_BUF key = BUF_INIT;
	struct layout_row *row;
	uintptr_t at;
	bool flow, stop;
	int err = layout_media_heard(m, rec);

	/* The streams that a node agrees on have none. */
	if (err != 0 || trace_int(rec, "ssrc", -1) < 0 || rec->node.n == 0)
		return err;
	flow = str_is(trace_str(rec, "op", &m->name), "flow");
	stop = str_is(trace_str(rec, "op", &m->name), "stop");
	if (!flow && !stop)
		return 0;
	put_stream_key(m, rec, &key);
	if (flow && map_get(m->media, buf_view(&key)) == NULL) {
		err = begin_stream(m, rec, buf_view(&key));
	} else if ((at = (uintptr_t)map_get(m->media, buf_view(&key))) != 0) {
		row = &m->l->rows[at - 1];
		row->t_end = rec->t;
		row->end_seq = rec->seq;
		row->media.flows = !stop;
		band_layout_take_stop(rec, row);
		/* Later packets are another band. */
		if (stop)
			map_remove(m->media, buf_view(&key));
	}
	return err;
}
