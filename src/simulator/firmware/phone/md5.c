/* RFC 1321 3. */
#include "firmware/phone/md5.h"

#include <stdint.h>
#include <string.h>

struct md5 {
	uint32_t state[4];
	uint64_t bytes;
	uint8_t block[64];
};

/* floor(2^32 × |sin(i + 1)|) */
static const uint32_t sines[64] = {
	0xD76AA478,
	0xE8C7B756,
	0x242070DB,
	0xC1BDCEEE,
	0xF57C0FAF,
	0x4787C62A,
	0xA8304613,
	0xFD469501,
	0x698098D8,
	0x8B44F7AF,
	0xFFFF5BB1,
	0x895CD7BE,
	0x6B901122,
	0xFD987193,
	0xA679438E,
	0x49B40821,
	0xF61E2562,
	0xC040B340,
	0x265E5A51,
	0xE9B6C7AA,
	0xD62F105D,
	0x02441453,
	0xD8A1E681,
	0xE7D3FBC8,
	0x21E1CDE6,
	0xC33707D6,
	0xF4D50D87,
	0x455A14ED,
	0xA9E3E905,
	0xFCEFA3F8,
	0x676F02D9,
	0x8D2A4C8A,
	0xFFFA3942,
	0x8771F681,
	0x6D9D6122,
	0xFDE5380C,
	0xA4BEEA44,
	0x4BDECFA9,
	0xF6BB4B60,
	0xBEBFBC70,
	0x289B7EC6,
	0xEAA127FA,
	0xD4EF3085,
	0x04881D05,
	0xD9D4D039,
	0xE6DB99E5,
	0x1FA27CF8,
	0xC4AC5665,
	0xF4292244,
	0x432AFF97,
	0xAB9423A7,
	0xFC93A039,
	0x655B59C3,
	0x8F0CCC92,
	0xFFEFF47D,
	0x85845DD1,
	0x6FA87E4F,
	0xFE2CE6E0,
	0xA3014314,
	0x4E0811A1,
	0xF7537E82,
	0xBD3AF235,
	0x2AD7D2BB,
	0xEB86D391,
};

static const uint8_t turns[4][4] = {
	{ 7, 12, 17, 22 },
	{ 5, 9, 14, 20 },
	{ 4, 11, 16, 23 },
	{ 6, 10, 15, 21 },
};

/* The round's function of three words, and which word of the block is next. */
static uint32_t
mix(unsigned i, const uint32_t s[4], unsigned *word)
{
	switch (i / 16) {
	case 0:
		*word = i;
		return (s[1] & s[2]) | (~s[1] & s[3]);
	case 1:
		*word = (5 * i + 1) % 16;
		return (s[1] & s[3]) | (s[2] & ~s[3]);
	case 2:
		*word = (3 * i + 5) % 16;
		return s[1] ^ s[2] ^ s[3];
	default:
		*word = 7 * i % 16;
		return s[2] ^ (s[1] | ~s[3]);
	}
}

static void
digest_block(struct md5 *m)
{
	uint32_t s[4], x[16];

	memcpy(s, m->state, sizeof(s));
	for (unsigned i = 0; i < 16; i++) {
		const uint8_t *b = m->block + 4 * i;

		x[i] = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
		       (uint32_t)b[3] << 24;
	}
	for (unsigned i = 0; i < 64; i++) {
		unsigned word, turn = turns[i / 16][i % 4];
		uint32_t f = mix(i, s, &word);

		f += s[0] + sines[i] + x[word];
		s[0] = s[3];
		s[3] = s[2];
		s[2] = s[1];
		s[1] += f << turn | f >> (32 - turn);
	}
	for (unsigned i = 0; i < 4; i++)
		m->state[i] += s[i];
}

static void
start(struct md5 *m)
{
	static const uint32_t start[4] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE,
		0x10325476 };

	memcpy(m->state, start, sizeof(start));
	m->bytes = 0;
}

static void
add(struct md5 *m, const void *data, size_t n)
{
	const uint8_t *p = data;

	for (; n > 0; n--) {
		m->block[m->bytes++ % 64] = *p++;
		if (m->bytes % 64 == 0)
			digest_block(m);
	}
}

static void
end_md5(struct md5 *m, char hex[MD5_HEX])
{
	static const uint8_t one = 0x80, zero = 0;
	uint64_t bits = m->bytes * 8;

	add(m, &one, 1);
	while (m->bytes % 64 != 56)
		add(m, &zero, 1);
	for (unsigned i = 0; i < 8; i++) {
		uint8_t byte = (uint8_t)(bits >> 8 * i);

		add(m, &byte, 1);
	}
	for (unsigned i = 0; i < 32; i++)
		hex[i] =
		    "0123456789abcdef"[m->state[i / 8] >>
					   (i % 8 / 2 * 8 + (i + 1) % 2 * 4) &
				       15];
	hex[32] = '\0';
}

void
md5_joined(char hex[MD5_HEX], size_t n, const char *const part[])
{
	struct md5 m;

	start(&m);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			add(&m, ":", 1);
		add(&m, part[i], strlen(part[i]));
	}
	end_md5(&m, hex);
}
