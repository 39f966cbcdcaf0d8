/* Results as lines; lines that are read are untrusted. */
#include "sweep/result.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/json_fields.h"

#define WHAT_MAX 400

static const struct {
	const char *word, *text;
} ends[] = {
#define X(id, word, text) { word, text },
	SWEEP_ENDS(X)
#undef X
};

static const char *const lists[] = { "calls", "registrations", "hangups" };

const char *
sweep_end_text(enum sweep_end end)
{
	return i18n_text(ends[end].text);
}

void
sweep_result_free(struct sweep_result *r)
{
	for (int k = 0; k < MEASURE_KIND_COUNT; k++)
		mem_free(r->attempts[k]);
	mem_free(r->streams);
	buf_free(&r->what);
	memset(r, 0, sizeof(*r));
}

void
sweep_result_clear(struct sweep_result *r)
{
	buf_clear(&r->what);
	for (int k = 0; k < MEASURE_KIND_COUNT; k++)
		r->n[k] = 0;
	r->nstreams = 0;
	r->end = SWEEP_OK;
}

static int
result_add_attempt(
    struct sweep_result *r, int kind, const struct sweep_attempt *attempt)
{
	if (ARRAY_ROOM(&r->attempts[kind], &r->cap[kind], r->n[kind] + 1) != 0)
		return ERR_NOMEM;
	r->attempts[kind][r->n[kind]++] = *attempt;
	return 0;
}

static int
result_add_stream(struct sweep_result *r, const struct measure_stream *s)
{
	if (ARRAY_ROOM(&r->streams, &r->streams_cap, r->nstreams + 1) != 0)
		return ERR_NOMEM;
	r->streams[r->nstreams++] = *s;
	return 0;
}

int
sweep_result_take(struct sweep_result *r, const struct measures *m)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < measures_count(m); i++) {
		const struct measure *a = measures_get(m, i);

		err = result_add_attempt(r, a->kind,
		    &(struct sweep_attempt){
			.status = a->end == MEASURE_ANSWERED ? a->status
							     : (unsigned)a->end,
			.retx = a->retx,
			.delay_ns = measure_delay(a),
			.wait_ns = measure_wait(a) });
	}
	for (size_t i = 0; err == 0 && i < measures_streams(m); i++)
		err = result_add_stream(r, measures_stream(m, i));
	return err;
}

static const char *
end_word(unsigned i)
{
	return i < SWEEP_END_COUNT ? ends[i].word : NULL;
}

const struct field sweep_result_fields[] = {
	FIELD_BY_HAND("of", "the experiment, by what determines its runs"),
	NEEDED_FIELD(struct sweep_result, point, NUMBER,
	    "which combination of values, from 0"),
	NEEDED_FIELD(struct sweep_result, seed, NUMBER, "of the run"),
	FIELD(struct sweep_result, end, WORD, "how the run ended",
	    .flags = FIELD_NEEDED, .word = end_word),
	FIELD_BY_HAND("what", "why, where it failed"),
	FIELD_BY_HAND("calls",
	    "arrays of three: the last final status, ns "
	    "until it was answered or -1, messages sent again; "
	    "a fourth, of a call that a queue let wait: ns until its end"),
	FIELD_BY_HAND("registrations", "the same"),
	FIELD_BY_HAND("hangups", "the same"),
	FIELD_BY_HAND("streams",
	    "media that were heard, arrays of five: packets that came, lost, "
	    "late, ns of jitter, 1,000 times the MOS or -1; a sixth, where "
	    "that is not of the narrowband scale: 1 wideband, 2 fullband"),
	FIELDS_END,
};

#define STREAM_FIELDS 5

static void
result_put_streams(const struct sweep_result *r, struct buf *b)
{
	json_open(b, "streams", '[');
	for (size_t i = 0; i < r->nstreams; i++) {
		const struct measure_stream *s = &r->streams[i];
		const int64_t n[] = { s->packets, s->lost, s->late,
			s->jitter_ns, s->mos1000, s->scale };

		json_open(b, NULL, '[');
		for (size_t k = 0; k < STREAM_FIELDS + (n[5] > 0); k++) {
			buf_puts(b, k > 0 ? "," : "");
			buf_i64(b, n[k]);
		}
		buf_putc(b, ']');
	}
	buf_putc(b, ']');
}

void
sweep_result_write(const struct sweep_result *r, uint64_t id, struct buf *b)
{
	buf_putc(b, '{');
	json_put_hash(b, "of", id);
	json_put_fields(sweep_result_fields, r, b);
	if (r->what.n > 0)
		json_put_field(
		    b, "what", str_slice(buf_view(&r->what), 0, WHAT_MAX));
	for (int k = 0; r->end == SWEEP_OK && k < MEASURE_KIND_COUNT; k++) {
		if (r->n[k] == 0)
			continue;
		json_open(b, lists[k], '[');
		for (size_t i = 0; i < r->n[k]; i++) {
			const struct sweep_attempt *a = &r->attempts[k][i];

			json_open(b, NULL, '[');
			buf_u64(b, a->status);
			buf_putc(b, ',');
			buf_i64(b, a->delay_ns);
			buf_putc(b, ',');
			buf_u64(b, a->retx);
			if (a->wait_ns >= 0) {
				buf_putc(b, ',');
				buf_i64(b, a->wait_ns);
			}
			buf_putc(b, ']');
		}
		buf_putc(b, ']');
	}
	if (r->end == SWEEP_OK && r->nstreams > 0)
		result_put_streams(r, b);
	buf_puts(b, "}\n");
}

/* ---- reading ---- */

/* Of an array of three whole numbers, or four. */
static int
read_attempt(struct sweep_result *r, int kind, struct json_value v)
{
	struct json_value item;
	int64_t n[4] = { 0, 0, 0, -1 };
	size_t at = 0, i = 0, count = json_count(v);

	if (count != 3 && count != 4)
		return ERR_SYNTAX;
	while (json_item(v, &at, &item))
		if (json_int(item, &n[i++]) != 0)
			return ERR_SYNTAX;
	if (n[0] < 0 || n[0] > 699 ||
	    (n[0] > MEASURE_TRANSPORT && n[0] < 200) ||
	    n[0] == MEASURE_ANSWERED || n[1] < -1 || n[2] < 0 ||
	    n[2] > UINT32_MAX || (count == 4 && n[3] < 0))
		return ERR_SYNTAX;
	return result_add_attempt(r, kind,
	    &(struct sweep_attempt){
		(unsigned)n[0], (uint32_t)n[2], n[1], n[3] });
}

static int
read_attempts(struct sweep_result *r, int kind, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v))
		err = read_attempt(r, kind, v);
	return err;
}

/* Of an array of five whole numbers, or six. */
static int
result_read_stream(struct sweep_result *r, struct json_value v)
{
	struct json_value item;
	int64_t n[STREAM_FIELDS + 1] = { 0 };
	size_t at = 0, i = 0;

	if (json_count(v) != STREAM_FIELDS &&
	    json_count(v) != STREAM_FIELDS + 1)
		return ERR_SYNTAX;
	while (json_item(v, &at, &item)) {
		if (json_int(item, &n[i]) != 0 || n[i] < (i == 4 ? -1 : 0))
			return ERR_SYNTAX;
		i++;
	}
	return n[4] > 5000 || n[5] >= MEASURE_SCALE_COUNT
		   ? ERR_SYNTAX
		   : result_add_stream(
			 r, &(struct measure_stream){ .packets = n[0],
				.lost = n[1],
				.late = n[2],
				.jitter_ns = n[3],
				.mos1000 = n[4],
				.scale = (enum measure_scale)n[5] });
}

static int
read_streams(struct sweep_result *r, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v))
		err = result_read_stream(r, v);
	return err;
}

int
sweep_result_read(struct sweep_result *r, uint64_t id, struct str line)
{
	struct json_value v, what;
	uint64_t of;
	int err;

	sweep_result_clear(r);
	if (json_read(&line, &v) != 0 || v.type != JSON_OBJECT ||
	    str_trim(line).n > 0)
		return ERR_SYNTAX;
	err = json_hash(json_member(v, "of"), &of);
	if (err == 0 && of != id)
		return ERR_NOTFOUND;
	if (err == 0)
		err = json_take_fields(sweep_result_fields, v, r);
	what = json_member(v, "what");
	if (err == 0 && what.type != JSON_NONE)
		err = json_text(what, &r->what);
	for (int k = 0; err == 0 && k < MEASURE_KIND_COUNT; k++)
		err = read_attempts(r, k, json_member(v, lists[k]));
	if (err == 0)
		err = read_streams(r, json_member(v, "streams"));
	return err;
}
