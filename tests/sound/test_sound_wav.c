/* WAV files: each coding and rate, what is none or cut off anywhere, and what
 * another reader makes of those written. */
#include "base/err.h"
#include "base/mem.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "sound/samples.h"
#include "sound/source.h"
#include "sound/wav.h"
#include "fixtures/sound_check.h"

#include <string.h>

static void
put(struct buf *b, uint32_t v, unsigned octets)
{
	for (unsigned i = 0; i < octets; i++)
		buf_putc(b, (char)(v >> 8 * i));
}

static void
put_chunk(struct buf *b, const char *name, uint32_t size)
{
	buf_puts(b, name);
	put(b, size, 4);
}

/* All before the samples, SIZE octets of them. */
static void
put_head(struct buf *b, unsigned tag, unsigned channels, unsigned rate,
    unsigned bits, uint32_t size)
{
	put_chunk(b, "RIFF", 36 + size);
	put_chunk(b, "WAVEfmt ", 16);
	put(b, tag, 2);
	put(b, channels, 2);
	put(b, rate, 4);
	put(b, rate * channels * bits / 8, 4);
	put(b, channels * bits / 8, 2);
	put(b, bits, 2);
	put_chunk(b, "data", size);
}

/* What is read of B, which is freed; the number of samples, or less the
 * error. */
static long
take(struct buf *b, int16_t *out, size_t size)
{
	const char *why = NULL;
	int16_t *samples;
	size_t n;
	int err = wav_read(buf_view(b), &samples, &n, &why);

	CU_ASSERT((samples != NULL) == (err == 0));
	CU_ASSERT(err == 0 || (why != NULL && why[0] != '\0'));
	if (err == 0)
		memcpy(out, samples, (n < size ? n : size) * sizeof(*out));
	mem_free(samples);
	buf_free(b);
	return err == 0 ? (long)n : -err;
}

static void
codings(void)
{
	static const uint8_t octets[4] = { 0x00, 0x80, 0xFF, 0x7F };
	static const int16_t pcm8[4] = { -32768, 0, 32512, -256 };
	struct buf b = BUF_INIT;
	int16_t out[4], want[4];

	put_head(&b, 1, 1, 8000, 8, 4);
	buf_add(&b, (const char *)octets, 4);
	CU_ASSERT_EQUAL(take(&b, out, 4), 4);
	CU_ASSERT(memcmp(out, pcm8, sizeof(out)) == 0);
	put_head(&b, 1, 1, 8000, 16, 4);
	buf_add(&b, (const char *)octets, 4);
	CU_ASSERT_EQUAL(take(&b, out, 4), 2);
	CU_ASSERT(out[0] == -32768 && out[1] == 32767);
	put_head(&b, 1, 2, 8000, 16, 4);
	buf_add(&b, (const char *)octets, 4);
	CU_ASSERT_EQUAL(take(&b, out, 4), 1);
	CU_ASSERT_EQUAL(out[0], 0);
	for (int codec = RTP_PCMU; codec <= RTP_PCMA; codec += RTP_PCMA) {
		put_head(&b, codec == RTP_PCMU ? 7 : 6, 1, 8000, 8, 4);
		buf_add(&b, (const char *)octets, 4);
		CU_ASSERT_EQUAL(take(&b, out, 4), 4);
		g711_decode(codec, octets, 4, want);
		CU_ASSERT(memcmp(out, want, sizeof(out)) == 0);
	}
	/* Half a frame at the end is none. */
	put_head(&b, 1, 2, 8000, 16, 7);
	buf_add(&b, "\1\0\3\0\1\1\1", 7);
	CU_ASSERT_EQUAL(take(&b, out, 4), 1);
	CU_ASSERT_EQUAL(out[0], 2);
}

/* A sine of HZ in a file of RATE, as it is read: its level, and the share of
 * its own frequency. */
static unsigned
level_of(unsigned rate, double hz, double *share)
{
	static int16_t out[SOUND_RATE];
	struct buf b = BUF_INIT;

	put_head(&b, 1, 1, rate, 16, rate * 2);
	for (unsigned i = 0; i < rate; i++)
		put(&b,
		    (uint32_t)lround(
			20700 * sin(2 * M_PI * hz * (double)i / rate)),
		    2);
	CU_ASSERT_EQUAL(take(&b, out, SOUND_RATE), SOUND_RATE);
	*share = share_of(out + 800, 6400, hz);
	return sound_level(out + 800, 6400);
}

/* What telephones pass is as it was, what they can't is gone. */
static void
rates(void)
{
	static const unsigned all[] = { 8000, 11025, 16000, 22050, 32000, 44100,
		48000 };
	double share;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		CU_ASSERT(sound_resample_knows(all[i]));
		for (double hz = 200; hz < 3200; hz += 1400) {
			CU_ASSERT_EQUAL(level_of(all[i], hz, &share), 7);
			CU_ASSERT(share > 0.9999);
		}
		if (all[i] > 11025) {
			CU_ASSERT(level_of(all[i], 4700, &share) > 7 + 40);
			CU_ASSERT(level_of(all[i], 7000, &share) > 7 + 40);
		}
	}
	CU_ASSERT(!sound_resample_knows(0));
	CU_ASSERT(!sound_resample_knows(7999));
	CU_ASSERT(!sound_resample_knows(44101));
	CU_ASSERT(!sound_resample_knows(96000));
	CU_ASSERT_EQUAL(sound_resample_length(1, 48000), 1);
}

/* Other chunks, of odd sizes, and sizes that their writer did not know. */
static void
chunks(void)
{
	struct buf b = BUF_INIT;
	int16_t out[4];

	put_chunk(&b, "RIFF", 0);
	buf_puts(&b, "WAVE");
	put_chunk(&b, "LIST", 3);
	buf_add(&b, "abc\0", 4);
	put_chunk(&b, "fmt ", 40);
	put(&b, 0xFFFE, 2);
	put(&b, 1, 2);
	put(&b, 8000, 4);
	put(&b, 16000, 4);
	put(&b, 2, 2);
	put(&b, 16, 2);
	put(&b, 22, 2);
	put(&b, 16, 2);
	put(&b, 0, 4);
	put(&b, 1, 2);
	buf_fill(&b, 'g', 14);
	put_chunk(&b, "fact", 0);
	put_chunk(&b, "data", 0xFFFFFFFF);
	buf_add(&b, "\1\0\2\0\3", 5);
	CU_ASSERT_EQUAL(take(&b, out, 4), 2);
	CU_ASSERT(out[0] == 1 && out[1] == 2);
	/* An odd size whose filling is missing, and one behind the samples. */
	put_head(&b, 1, 1, 8000, 8, 1);
	buf_add(&b, "\x81", 1);
	CU_ASSERT_EQUAL(take(&b, out, 4), 1);
	put_head(&b, 1, 1, 8000, 8, 1);
	buf_add(&b, "\x81\0LI", 4);
	CU_ASSERT_EQUAL(take(&b, out, 4), 1);
}

static const struct {
	unsigned tag, channels, rate, bits;
	uint32_t size;
	int err;
} refused[] = {
	{ 1, 1, 8000, 16, 0, ERR_SYNTAX },
	{ 1, 1, 8000, 16, 1, ERR_SYNTAX },
	{ 1, 1, 8000, 16, 200, ERR_SYNTAX },
	{ 1, 1, 8000, 16, 0x7FFFEFFF, ERR_SYNTAX },
	{ 1, 0, 8000, 16, 64, ERR_UNSUPPORTED },
	{ 1, 3, 8000, 16, 64, ERR_UNSUPPORTED },
	{ 1, 65535, 8000, 16, 64, ERR_UNSUPPORTED },
	{ 1, 1, 0, 16, 64, ERR_UNSUPPORTED },
	{ 1, 1, 4000, 16, 64, ERR_UNSUPPORTED },
	{ 1, 1, 0xFFFFFFFF, 16, 64, ERR_UNSUPPORTED },
	{ 1, 1, 44101, 16, 64, ERR_UNSUPPORTED },
	{ 1, 1, 8000, 24, 64, ERR_UNSUPPORTED },
	{ 1, 1, 8000, 0, 64, ERR_UNSUPPORTED },
	{ 3, 1, 8000, 32, 64, ERR_UNSUPPORTED },
	{ 7, 1, 8000, 16, 64, ERR_UNSUPPORTED },
	{ 0xFFFE, 1, 8000, 16, 64, ERR_UNSUPPORTED },
};

static void
bad(void)
{
	static const char *const none[] = { "", "RIFF", "RIFF\4\0\0\0WAVx",
		"RIFX\4...WAVEfmt " };
	struct buf b = BUF_INIT, whole = BUF_INIT;
	int16_t out[4];

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		put_head(&b, refused[i].tag, refused[i].channels,
		    refused[i].rate, refused[i].bits, refused[i].size);
		buf_fill(&b, 'x', 64);
		CU_ASSERT_EQUAL(take(&b, out, 4), -refused[i].err);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		buf_puts(&b, none[i]);
		CU_ASSERT_EQUAL(take(&b, out, 4), -ERR_SYNTAX);
	}
	/* Samples whose format comes behind them have none. */
	put_chunk(&b, "RIFF", 0);
	buf_puts(&b, "WAVE");
	put_chunk(&b, "data", 2);
	buf_puts(&b, "ab");
	put_chunk(&b, "fmt ", 16);
	put(&b, 1 | 1 << 16, 4);
	put(&b, 8000, 4);
	put(&b, 16000, 4);
	put(&b, 2 | 16 << 16, 4);
	CU_ASSERT_EQUAL(take(&b, out, 4), -ERR_SYNTAX);
	/* Cut off anywhere. */
	put_head(&whole, 1, 1, 48000, 16, 6);
	buf_add(&whole, "123456", 6);
	for (size_t n = 0; n < whole.n; n++) {
		buf_add(&b, whole.p, n);
		CU_ASSERT_EQUAL(take(&b, out, 4), -ERR_SYNTAX);
	}
	CU_ASSERT_EQUAL(take(&whole, out, 4), 1);
}

static void
limits(void)
{
	LOCAL_BUF b = BUF_INIT;
	int16_t out[4];
	const char *why;
	int16_t *samples;
	size_t n;

	put_head(&b, 1, 1, 8000, 8, 600 * 8000 + 1);
	buf_fill(&b, 'x', 600 * 8000 + 1);
	CU_ASSERT_EQUAL(take(&b, out, 4), -ERR_LIMIT);
	put_head(&b, 7, 1, 8000, 8, 600 * 8000);
	buf_fill(&b, 'x', 600 * 8000);
	CU_ASSERT_EQUAL(take(&b, out, 4), 600 * 8000);
	put_head(&b, 1, 1, 16000, 8, 4);
	buf_puts(&b, "abcd");
	for (unsigned long i = 1; i <= 2; i++) {
		mem_fail_from(i);
		CU_ASSERT_EQUAL(
		    wav_read(buf_view(&b), &samples, &n, &why), ERR_NOMEM);
		CU_ASSERT(samples == NULL && why[0] != '\0');
	}
	mem_fail_from(0);
	CU_ASSERT_EQUAL(take(&b, out, 4), 2);
	CU_ASSERT_EQUAL(wav_write_head(&b, 1, UINT64_MAX), ERR_LIMIT);
	CU_ASSERT_EQUAL(wav_write_head(&b, 2, 0x3FFFFFF7), ERR_LIMIT);
	CU_ASSERT_EQUAL(b.n, 0);
	CU_ASSERT_EQUAL(wav_write_head(&b, 2, 0x3FFFFFF6), 0);
	CU_ASSERT_EQUAL(b.n, WAV_HEAD);
	CU_ASSERT(memcmp(b.p + 4, "\xFC\xFF\xFF\xFF", 4) == 0);
}

/* Whether Python reads so many channels and samples, whose sum is SUM. */
static bool
python_reads(const struct buf *b, unsigned channels, size_t n, long sum)
{
	char line[512];
	FILE *f;

	snprintf(line, sizeof(line),
	    "python3 -c 'import array, io, sys, wave\n"
	    "w = wave.open(io.BytesIO(sys.stdin.buffer.read()))\n"
	    "a = array.array(\"h\", w.readframes(w.getnframes() + 9))\n"
	    "sys.exit(w.getparams()[:4] != (%u, 2, 8000, %zu) or "
	    "len(a) != %u * %zu or sum(a) != %ld)'",
	    channels, n, channels, n, sum);
	f = popen(line, "w");
	return f != NULL && fwrite(b->p, 1, b->n, f) == b->n && pclose(f) == 0;
}

/* What was written is read, by us and by another. */
static void
written(void)
{
	static int16_t left[1001], right[1001], out[1001];
	struct sound_source s;
	struct buf one = BUF_INIT, two = BUF_INIT;
	long sum = 0;
	bool python = system("command -v python3 > /dev/null 2>&1") == 0;

	sound_source_speech(&s, 1);
	sound_source_read(&s, left, 1001);
	sound_source_read(&s, right, 1001);
	for (size_t i = 0; i < 1001; i++)
		sum += left[i] + right[i];
	CU_ASSERT_EQUAL(wav_write_head(&one, 1, 1001), 0);
	CU_ASSERT_EQUAL(wav_write_samples(&one, left, NULL, 1001), 0);
	CU_ASSERT_EQUAL(wav_write_head(&two, 2, 1001), 0);
	CU_ASSERT_EQUAL(wav_write_samples(&two, left, right, 1000), 0);
	CU_ASSERT_EQUAL(
	    wav_write_samples(&two, left + 1000, right + 1000, 1), 0);
	if (python)
		CU_ASSERT(python_reads(&two, 2, 1001, sum));
	CU_ASSERT_EQUAL(take(&one, out, 1001), 1001);
	CU_ASSERT(memcmp(out, left, sizeof(out)) == 0);
	CU_ASSERT_EQUAL(take(&two, out, 1001), 1001);
	CU_ASSERT_EQUAL(out[500], (left[500] + right[500]) / 2);
	if (!python)
		check_skip("python3 is not installed");
}

CHECK_MAIN("sound wav", { "codings", codings }, { "rates", rates },
    { "chunks", chunks }, { "bad", bad }, { "limits", limits },
    { "written", written })
