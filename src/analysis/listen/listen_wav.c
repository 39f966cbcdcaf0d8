/* What a node hears and says of a run, as WAV, or why there is nothing. */
#include "listen/listen_wav.h"

#include "base/err.h"
#include "runs/rerun.h"
#include "sound/wav.h"
#include "words/time_words.h"

#define BLOCK 1024 /* samples that are written at a time */

struct job {
	const struct listen_wish *w;
	struct listen *l;
	struct diag why; /* the run can't be made again */
};

/* "bob", "alice, bob": those who were asked for on SIDE. */
static void
put_names(const struct listen_wish *w, enum listen_side side, struct buf *out)
{
	if (side == LISTEN_HEARD)
		buf_str(out, w->who.hear);
	for (size_t i = 0; side == LISTEN_SAID && i < w->who.nsay; i++)
		buf_printf(out, "%s%s", i > 0 ? ", " : "", w->who.say[i]);
}

void
listen_put_words(const struct listen_wish *w, struct buf *out)
{
	LOCAL_BUF heard = BUF_INIT, said = BUF_INIT;

	put_names(w, LISTEN_HEARD, &heard);
	put_names(w, LISTEN_SAID, &said);
	if (heard.n > 0 && said.n > 0)
		buf_printf(out, _("left: what %s hears; right: what %s says"),
		    buf_cstr(&heard), buf_cstr(&said));
	else
		buf_printf(out,
		    heard.n > 0 ? _("what %s hears") : _("what %s says"),
		    buf_cstr(heard.n > 0 ? &heard : &said));
}

/* ---- why there is none ---- */

/* A node agrees on media. */
static bool
wav_out_has_media(const struct trace *t)
{
	uint64_t n = trace_count(t), seq = 1;

	while (seq <= n && trace_kind_of(t, seq) != TRACE_MEDIA)
		seq++;
	return seq <= n;
}

/* No packets. */
static int
refuse_nothing(const struct job *j, const struct trace *t, struct diag *d)
{
	LOCAL_BUF names = BUF_INIT;
	enum listen_side side =
	    j->w->who.hear.n > 0 ? LISTEN_HEARD : LISTEN_SAID;

	put_names(j->w, side, &names);
	if (j->why.err != 0)
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("this trace has no RTP packets, and its run can't be "
		      "repeated to get them (%s)"),
		    j->why.text);
	else if (listen_is_sealed(j->l, side))
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    side == LISTEN_HEARD
			? _("%s hears nothing: the packets are encrypted, and "
			    "none of its keys decrypts them")
			: _("nothing of what %s says can be heard: it is "
			    "encrypted, and its key is not in the trace"),
		    buf_cstr(&names));
	else if (wav_out_has_media(t))
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    side == LISTEN_HEARD
			? _("%s hears nothing: no RTP arrives at it")
			: _("%s says nothing: no RTP is sent"),
		    buf_cstr(&names));
	else if (side == LISTEN_HEARD)
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s hears nothing: no RTP arrives at it; phones send it "
		      "with media=true (--set PHONE.media=true)"),
		    buf_cstr(&names));
	else
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s says nothing: no RTP is sent; phones send it with "
		      "media=true (--set PHONE.media=true)"),
		    buf_cstr(&names));
	return ERR_NOTFOUND;
}

/* Packets without samples, or at other times. */
static int
refuse_opaque(const struct job *j, struct diag *d)
{
	const char *heard = listen_opaque(j->l, LISTEN_HEARD);
	const char *said = listen_opaque(j->l, LISTEN_SAID);
	const char *codecs = heard[0] != '\0' ? heard : said;

	if (codecs[0] == '\0' &&
	    (j->w->from_ns >= 0 || j->w->to_ns < INT64_MAX))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("nothing can be heard between --from and --to"));
	if (codecs[0] == '\0')
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("nothing can be heard: no packet has samples"));
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("nothing can be heard: the packets have %s, whose frames have "
	      "no samples here; codecs=\"PCMU\" has"),
	    codecs);
}

static int
check_sound(const struct job *j, const struct trace *t, struct diag *d)
{
	uint64_t packets = 0;

	for (unsigned side = 0; side < LISTEN_SIDES; side++) {
		if (listen_has_sound(j->l, (enum listen_side)side))
			return 0;
		packets += listen_packets(j->l, (enum listen_side)side);
	}
	return packets == 0 ? refuse_nothing(j, t, d) : refuse_opaque(j, d);
}

/* ---- remarks ---- */

static void
put_silent(const struct job *j, struct buf *out)
{
	struct buf names = BUF_INIT;

	for (unsigned s = 0; s < LISTEN_SIDES; s++) {
		enum listen_side side = (enum listen_side)s;
		const char *opaque = listen_opaque(j->l, side);

		buf_clear(&names);
		put_names(j->w, side, &names);
		if (opaque[0] != '\0')
			/* TRANSLATORS: codecs, a node */
			buf_printf(out,
			    _("%s: has no samples here: silence in its place "
			      "(%s)"),
			    opaque, buf_cstr(&names));
		else if (names.n > 0 && !listen_has_sound(j->l, side))
			buf_printf(out,
			    side == LISTEN_HEARD
				? _("%s hears nothing: silence")
				: _("%s says nothing: silence"),
			    buf_cstr(&names));
		else
			continue;
		buf_putc(out, '\n');
	}
	buf_end(&names, &out->err);
}

static void
wav_out_put_remarks(const struct job *j, struct buf *out)
{
	char time[TIME_ROOM];
	int64_t from_ns;

	put_silent(j, out);
	if (listen_is_crowded(j->l)) {
		buf_printf(out,
		    _("of more than %d sources at a time only the first are "
		      "heard"),
		    LISTEN_SOURCES);
		buf_putc(out, '\n');
	}
	listen_length(j->l, &from_ns);
	if (j->w->from_ns < 0) {
		buf_printf(out,
		    _("the sound begins at %s s, with the first sample"),
		    time_text(from_ns, time));
		buf_putc(out, '\n');
	}
}

/* ---- the file ---- */

static int
wav_out_write(const struct job *j, struct buf *out)
{
	bool heard = j->w->who.hear.n > 0, said = j->w->who.nsay > 0;
	int16_t left[BLOCK], right[BLOCK];
	int64_t from_ns;
	size_t n = listen_length(j->l, &from_ns), part;
	int err = wav_write_head(out, heard && said ? 2 : 1, n);

	for (size_t at = 0; at < n && err == 0; at += part) {
		part = n - at < BLOCK ? n - at : BLOCK;
		listen_read(
		    j->l, heard ? LISTEN_HEARD : LISTEN_SAID, at, left, part);
		if (heard && said)
			listen_read(j->l, LISTEN_SAID, at, right, part);
		err = wav_write_samples(
		    out, left, heard && said ? right : NULL, part);
		if (err == 0)
			err = buf_pass(out);
	}
	return err != 0 ? err : buf_pass_all(out);
}

static int
listen_to(struct job *j, const struct trace *t, struct diag *d)
{
	struct network_rerun again = { .trace = NULL };
	int err = network_rerun(&again, t, j->w->file, &j->why);

	if (err == 0)
		err = listen_trace(
		    j->l, again.trace != NULL ? again.trace : t, &j->w->who);
	network_rerun_free(&again);
	if (err == ERR_LIMIT)
		return diag_set(d, err, NULL, 0,
		    _("this is longer than %d minutes of sound: --from and "
		      "--to choose some of it"),
		    LISTEN_MINUTES);
	return diag_fail(d, err);
}

int
listen_wav(const struct listen_wish *w, const struct trace *t,
    listen_remark_fn *remark, void *arg, struct buf *out, struct diag *d)
{
	struct job j = { .w = w, .why = DIAG_INIT };
	LOCAL_BUF remarks = BUF_INIT;
	int err = listen_check(t, &w->who, d);

	if (err == 0)
		err = listen_create(&j.l, w->from_ns, w->to_ns);
	if (err == 0)
		err = listen_to(&j, t, d);
	if (err == 0)
		err = check_sound(&j, t, d);
	if (err == 0) {
		wav_out_put_remarks(&j, &remarks);
		remark(buf_view(&remarks), arg);
		err = wav_out_write(&j, out);
	}
	listen_destroy(j.l);
	return diag_fail(d, err);
}
