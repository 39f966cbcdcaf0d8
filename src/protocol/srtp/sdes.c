/* See srtp/sdes.h. */
#include "srtp/sdes.h"

#include "base/i18n.h"

#include <nettle/base64.h>

#define OCTETS      (SRTP_KEY + SRTP_SALT)
#define LETTERS     40 /* OCTETS in Base64 */
#define TAG_DIGITS  9
#define LIFETIME_2  48 /* 6.2: 2 to the power of that, at most */
#define WINDOW_HINT 64 /* 9.2: the least that may be asked for */

const char *
sdes_fault_words(enum sdes_fault fault)
{
	static const char *const words[] = {
#define X(name, words) words,
		SDES_FAULTS(X)
#undef X
	};

	return words[fault];
}

/* The next word of *REST, which goes on after it: 9.1, 1*WSP between. */
static struct str
sdes_next_word(struct str *rest)
{
	struct str word = str_trim(*rest);
	size_t n = 0;

	while (n < word.n && word.p[n] != ' ' && word.p[n] != '\t')
		n++;
	*rest = str_slice(word, n, word.n);
	return str_slice(word, 0, n);
}

/* 4.1, 6.1: without zeros in front. */
static bool
sdes_read_number(struct str s, uint64_t most, uint64_t *value)
{
	return s.n > 0 && (s.n == 1 || s.p[0] != '0') &&
	       str_u64(s, value) == 0 && *value <= most;
}

/* 6.1: what fills up Base64 is left out. */
static bool
read_octets(struct str text, struct srtp_master *m)
{
	uint8_t octets[BASE64_DECODE_LENGTH(LETTERS)];
	struct base64_decode_ctx decoder;
	size_t n = sizeof(octets);

	for (unsigned i = 0; i < 2 && str_ends(text, "="); i++)
		text.n--;
	base64_decode_init(&decoder);
	if (text.n != LETTERS ||
	    !base64_decode_update(&decoder, &n, octets, text.n, text.p) ||
	    n != OCTETS)
		return false;
	memcpy(m->key, octets, SRTP_KEY);
	memcpy(m->salt, octets + SRTP_KEY, SRTP_SALT);
	return true;
}

static bool
read_lifetime(struct str text, uint64_t *lifetime)
{
	uint64_t power;

	if (!str_starts(text, "2^"))
		return sdes_read_number(
			   text, (uint64_t)1 << LIFETIME_2, lifetime) &&
		       *lifetime > 0;
	if (!sdes_read_number(str_slice(text, 2, text.n), LIFETIME_2, &power))
		return false;
	*lifetime = (uint64_t)1 << power;
	return true;
}

/* 6.1: "inline:" key and salt, then a lifetime and an MKI, or one of them; the
 * MKI alone has a colon. */
enum sdes_fault
sdes_read_key(struct str text, struct srtp_master *m)
{
	struct str policy, key, mki;

	if (!str_istarts(text, "inline:"))
		return SDES_METHOD;
	if (str_chr(text, ';') >= 0)
		return SDES_SEVERAL;
	key = str_cut(str_slice(text, 7, text.n), '|', &policy);
	if (!read_octets(key, m))
		return SDES_KEY;
	if (str_chr(text, '|') < 0)
		return SDES_NONE;
	if (str_chr(policy, ':') >= 0)
		return SDES_MKI;
	policy = str_cut(policy, '|', &mki);
	return mki.p == NULL && read_lifetime(policy, &m->lifetime)
		   ? SDES_NONE
		   : SDES_LIFETIME;
}

/* 6.3.4, 6.3.6, 6.3.7: parameters that need not be known, and a hint.  All
 * others change the packets. */
static bool
may_be_ignored(struct str parameter)
{
	uint64_t window;

	if (str_istarts(parameter, "WSH="))
		return sdes_read_number(str_slice(parameter, 4, parameter.n),
			   UINT32_MAX, &window) &&
		       window >= WINDOW_HINT;
	return str_starts(parameter, "-") ||
	       str_iis(parameter, "FEC_ORDER=FEC_SRTP");
}

enum sdes_fault
sdes_read(struct str value, struct sdes_line *line)
{
	struct str tag = sdes_next_word(&value), suite = sdes_next_word(&value);
	struct str key = sdes_next_word(&value), parameter;
	enum sdes_fault fault;
	uint64_t number;

	*line = (struct sdes_line){ 0 };
	if (key.n == 0)
		return SDES_SYNTAX;
	if (tag.n > TAG_DIGITS || !sdes_read_number(tag, UINT32_MAX, &number))
		return SDES_TAG;
	line->tag = (uint32_t)number;
	if (!srtp_suite_find(suite, &line->master.suite))
		return SDES_SUITE;
	fault = sdes_read_key(key, &line->master);
	while (fault == SDES_NONE && (parameter = sdes_next_word(&value)).n > 0)
		if (!may_be_ignored(parameter))
			fault = SDES_PARAMETER;
	return fault;
}

void
sdes_write_key(const struct srtp_master *m, struct buf *out)
{
	uint8_t octets[OCTETS];
	char text[BASE64_ENCODE_RAW_LENGTH(OCTETS)];

	memcpy(octets, m->key, SRTP_KEY);
	memcpy(octets + SRTP_KEY, m->salt, SRTP_SALT);
	base64_encode_raw(text, OCTETS, octets);
	buf_puts(out, "inline:");
	buf_add(out, text, sizeof(text));
	if (m->lifetime > 0) {
		buf_putc(out, '|');
		buf_u64(out, m->lifetime);
	}
}

void
sdes_write(const struct sdes_line *line, struct buf *out)
{
	buf_printf(out, "%u %s ", (unsigned)line->tag,
	    srtp_suite_name(line->master.suite));
	sdes_write_key(&line->master, out);
}

/* 4.1: no line in front of VALUES[AT], which is LINE, has its tag, whatever
 * else is wrong with it. */
static bool
has_own_tag(const struct str *values, size_t at, const struct sdes_line *line)
{
	for (size_t i = 0; i < at; i++) {
		struct sdes_line other;
		enum sdes_fault fault = sdes_read(values[i], &other);

		if (fault != SDES_SYNTAX && fault != SDES_TAG &&
		    other.tag == line->tag)
			return false;
	}
	return true;
}

enum sdes_fault
sdes_choose(const struct str *values, size_t n, struct sdes_line *line)
{
	enum sdes_fault first = SDES_ABSENT;

	for (size_t i = 0; i < n && i < SDES_LINES; i++) {
		enum sdes_fault fault = sdes_read(values[i], line);

		if (fault == SDES_NONE && !has_own_tag(values, i, line))
			fault = SDES_TAG;
		if (fault == SDES_NONE)
			return SDES_NONE;
		if (i == 0)
			first = fault;
	}
	return first;
}

enum sdes_fault
sdes_read_answer(const struct str *values, size_t n,
    const struct sdes_line *offered, size_t noffered, struct sdes_line *line,
    size_t *which)
{
	enum sdes_fault fault;

	if (n != 1)
		return n == 0 ? SDES_ABSENT : SDES_MORE;
	fault = sdes_read(values[0], line);
	if (fault != SDES_NONE)
		return fault;
	for (*which = 0; *which < noffered; ++*which)
		if (offered[*which].tag == line->tag &&
		    offered[*which].master.suite == line->master.suite)
			return SDES_NONE;
	return SDES_OFFERED;
}
