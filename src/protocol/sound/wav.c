/* The chunks of a RIFF file, its samples as what they stand for, and a file
 * written. */
#include "sound/wav.h"

#include "base/err.h"
#include "base/mem.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "sound/samples.h"

#define PCM        1
#define EXTENSIBLE 0xFFFE
#define FORMAT_MIN 16 /* octets of its chunk */
#define SUBFORMAT  24 /* where an extensible one has its own */
/* Sizes from here on say that the writer did not know it: it could not go
 * back. */
#define SIZE_UNKNOWN 0x7FFFF000

struct wav {
	const struct coding *coding;
	uint32_t rate, channels;
	struct str data;
};

static uint32_t
little(const char *p, unsigned octets)
{
	uint32_t v = 0;

	while (octets-- > 0)
		v = v << 8 | (uint8_t)p[octets];
	return v;
}

/* ---- samples as they are coded ---- */

static int16_t
decode_8(const char *p)
{
	return (int16_t)(((uint8_t)*p - 128) * 256);
}

static int16_t
decode_16(const char *p)
{
	return (int16_t)little(p, 2);
}

static int16_t
decode_mu(const char *p)
{
	int16_t sample;

	g711_decode(RTP_PCMU, (const uint8_t *)p, 1, &sample);
	return sample;
}

static int16_t
decode_a(const char *p)
{
	int16_t sample;

	g711_decode(RTP_PCMA, (const uint8_t *)p, 1, &sample);
	return sample;
}

static const struct coding {
	uint32_t tag, bits;
	int16_t (*decode)(const char *p);
} codings[] = {
	{ PCM, 8, decode_8 },
	{ PCM, 16, decode_16 },
	{ 6, 8, decode_a },
	{ 7, 8, decode_mu },
};

static size_t
octets_per_frame(const struct wav *w)
{
	return (size_t)w->coding->bits / 8 * w->channels;
}

/* ---- chunks ---- */

static int
wav_refuse(int err, const char *text, const char **why)
{
	*why = text;
	return err;
}

/* The next chunk's NAME and its contents, cut off REST; ERR_NOTFOUND: there is
 * none. */
static int
next_chunk(
    struct str *rest, struct str *name, struct str *body, const char **why)
{
	uint32_t size;

	if (rest->n == 0)
		return ERR_NOTFOUND;
	if (rest->n < 8)
		return wav_refuse(
		    ERR_SYNTAX, N_("the WAV file is truncated"), why);
	size = little(rest->p + 4, 4);
	*name = str_slice(*rest, 0, 4);
	*rest = str_slice(*rest, 8, rest->n);
	if (size > rest->n && size < SIZE_UNKNOWN)
		return wav_refuse(
		    ERR_SYNTAX, N_("the WAV file is truncated"), why);
	*body = str_slice(*rest, 0, size);
	/* The octet that makes an odd size even may be missing at the end. */
	*rest = str_slice(*rest, (size_t)size + size % 2, rest->n);
	return 0;
}

static int
read_format(struct wav *w, struct str body, const char **why)
{
	uint32_t tag, bits;

	if (body.n < FORMAT_MIN)
		return wav_refuse(
		    ERR_SYNTAX, N_("the WAV file is truncated"), why);
	tag = little(body.p, 2);
	bits = little(body.p + 14, 2);
	w->channels = little(body.p + 2, 2);
	w->rate = little(body.p + 4, 4);
	if (tag == EXTENSIBLE && body.n >= SUBFORMAT + 2)
		tag = little(body.p + SUBFORMAT, 2);
	for (size_t i = 0; i < COUNT_OF(codings); i++)
		if (codings[i].tag == tag && codings[i].bits == bits)
			w->coding = &codings[i];
	if (w->coding == NULL)
		return wav_refuse(ERR_UNSUPPORTED,
		    N_("the samples of a WAV file must be PCM of 8 or 16 bits, "
		       "µ-law or A-law"),
		    why);
	if (w->channels < 1 || w->channels > 2)
		return wav_refuse(ERR_UNSUPPORTED,
		    N_("a WAV file must have one or two channels"), why);
	if (!sound_resample_knows(w->rate))
		return wav_refuse(ERR_UNSUPPORTED,
		    N_("the sample rate of a WAV file must be one of the usual "
		       "rates from 8,000 to 48,000 Hz, for example 22,050 or "
		       "44,100"),
		    why);
	return 0;
}

/* The format, and the first samples after it. */
static int
wav_read_chunks(struct wav *w, struct str file, const char **why)
{
	struct str rest = str_slice(file, 12, file.n), name, body;
	int err;

	if (file.n < 12 || !str_is(str_slice(file, 0, 4), "RIFF") ||
	    !str_is(str_slice(file, 8, 12), "WAVE"))
		return wav_refuse(
		    ERR_SYNTAX, N_("this is not a WAV file"), why);
	while ((err = next_chunk(&rest, &name, &body, why)) == 0) {
		if (str_is(name, "fmt ") && w->coding == NULL &&
		    (err = read_format(w, body, why)) != 0)
			return err;
		if (!str_is(name, "data") || w->coding == NULL)
			continue;
		w->data = body;
		break;
	}
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	if (w->coding == NULL || w->data.n < octets_per_frame(w))
		return wav_refuse(
		    ERR_SYNTAX, N_("the WAV file contains no samples"), why);
	if (w->data.n / octets_per_frame(w) >
	    (uint64_t)WAV_MINUTES * 60 * w->rate)
		return wav_refuse(ERR_LIMIT,
		    N_("the WAV file is longer than 10 minutes"), why);
	return 0;
}

/* N samples of one channel. */
static void
wav_decode(const struct wav *w, int16_t *samples, size_t n)
{
	const char *p = w->data.p;
	int first, last;

	for (size_t i = 0; i < n; i++, p += octets_per_frame(w)) {
		first = w->coding->decode(p);
		last = w->coding->decode(
		    p + (size_t)w->coding->bits / 8 * (w->channels - 1));
		samples[i] = (int16_t)((first + last) / 2);
	}
}

int
wav_read(struct str file, int16_t **samples, size_t *n, const char **why)
{
	struct wav w = { 0 };
	size_t frames;
	int16_t *as_read;
	int err;

	*samples = NULL;
	*n = 0;
	*why = N_("out of memory");
	err = wav_read_chunks(&w, file, why);
	if (err != 0)
		return err;
	frames = w.data.n / octets_per_frame(&w);
	as_read = mem_alloc(frames * sizeof(*as_read));
	if (as_read == NULL)
		return ERR_NOMEM;
	wav_decode(&w, as_read, frames);
	*samples = as_read;
	*n = frames;
	if (w.rate == SOUND_RATE)
		return 0;
	*n = sound_resample_length(frames, w.rate);
	*samples = mem_alloc(*n * sizeof(**samples));
	if (*samples != NULL)
		sound_resample(as_read, frames, w.rate, *samples);
	else
		err = ERR_NOMEM;
	mem_free(as_read);
	return err;
}

/* ---- written ---- */

static void
put_little(struct buf *out, uint32_t v, unsigned octets)
{
	for (unsigned i = 0; i < octets; i++)
		buf_putc(out, (char)(v >> 8 * i & 0xFF));
}

int
wav_write_head(struct buf *out, unsigned channels, uint64_t nsamples)
{
	uint32_t frame = 2 * channels, octets;

	if (nsamples > (UINT32_MAX - (WAV_HEAD - 8)) / frame)
		return ERR_LIMIT;
	octets = (uint32_t)nsamples * frame;
	buf_puts(out, "RIFF");
	put_little(out, octets + WAV_HEAD - 8, 4);
	buf_puts(out, "WAVEfmt ");
	put_little(out, FORMAT_MIN, 4);
	put_little(out, PCM, 2);
	put_little(out, channels, 2);
	put_little(out, SOUND_RATE, 4);
	put_little(out, SOUND_RATE * frame, 4);
	put_little(out, frame, 2);
	put_little(out, 16, 2);
	buf_puts(out, "data");
	put_little(out, octets, 4);
	return out->err;
}

int
wav_write_samples(
    struct buf *out, const int16_t *left, const int16_t *right, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		put_little(out, (uint16_t)left[i], 2);
		if (right != NULL)
			put_little(out, (uint16_t)right[i], 2);
	}
	return out->err;
}

bool
wav_is_named(struct str name)
{
	struct str end = STR(".wav");

	return name.n > end.n &&
	       str_iis(str_slice(name, name.n - end.n, name.n), end.p);
}
