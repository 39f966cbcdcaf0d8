/*
 * A value of JSON as C has it: a number, a hash, bytes in base64, a copy of its
 * text.
 */
#include "text/json.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

#include <string.h>

int
json_int(struct json_value v, int64_t *n)
{
	bool negative = v.raw.n > 0 && v.raw.p[0] == '-';
	uint64_t u, most = negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX;
	int err;

	if (v.type != JSON_NUMBER)
		return ERR_SYNTAX;
	err = str_u64(str_slice(v.raw, negative, v.raw.n), &u);
	if (err != 0)
		return err;
	if (u > most)
		return ERR_RANGE;
	*n = !negative ? (int64_t)u : u == 0 ? 0 : -(int64_t)(u - 1) - 1;
	return 0;
}

int
json_hash(struct json_value v, uint64_t *hash)
{
	struct str text;

	if (json_plain(v, &text) == 0 && str_hex(text, 16, hash) == 0)
		return 0;
	*hash = 0;
	return ERR_SYNTAX;
}

int64_t
json_int_or(struct json_value v, int64_t fallback)
{
	int64_t n;

	return json_int(v, &n) == 0 ? n : fallback;
}

/* The value of a base64 digit, or -1. */
static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int
json_base64(struct str text, struct buf *out)
{
	size_t pad = 0;

	if (text.n % 4 != 0)
		return ERR_SYNTAX;
	while (pad < 2 && pad < text.n && text.p[text.n - 1 - pad] == '=')
		pad++;
	if (buf_reserve(out, text.n / 4 * 3) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < text.n; i += 4) {
		size_t tail = i + 4 == text.n ? pad : 0;
		uint32_t v = 0;
		char bytes[3];

		for (size_t k = 0; k < 4; k++) {
			int d = k < 4 - tail ? base64_digit(text.p[i + k]) : 0;

			if (d < 0)
				return ERR_SYNTAX;
			v = v << 6 | (uint32_t)d;
		}
		/* RFC 4648 3.5: what the padding leaves over is zero. */
		if (tail > 0 && (v & ((1u << 8 * tail) - 1)) != 0)
			return ERR_SYNTAX;
		bytes[0] = (char)(v >> 16 & 0xff);
		bytes[1] = (char)(v >> 8 & 0xff);
		bytes[2] = (char)(v & 0xff);
		buf_add(out, bytes, 3 - tail);
	}
	return out->err;
}

int
json_cstr(struct json_value v, struct buf *out)
{
	size_t from = out->n;
	int err = json_text(v, out);

	if (err == 0 && out->n > from &&
	    memchr(out->p + from, '\0', out->n - from) != NULL)
		err = ERR_SYNTAX;
	return err;
}

int
json_strdup(struct json_value v, char **text)
{
	LOCAL_BUF b = BUF_INIT;
	int err = json_cstr(v, &b);

	return err == 0 ? str_keep(text, buf_view(&b)) : err;
}

int
json_copy(struct json_value v, char **text)
{
	LOCAL_BUF b = BUF_INIT;
	int err = v.type == JSON_STRING ? json_text(v, &b) : 0;

	mem_free(*text);
	*text = err != ERR_NOMEM ? mem_strdup(buf_cstr(&b)) : NULL;
	return *text != NULL ? 0 : ERR_NOMEM;
}

int
json_copy_safe(struct json_value v, char **text)
{
	LOCAL_BUF safe = BUF_INIT;
	int err = json_copy(v, text);

	if (err != 0)
		return err;
	utf8_add_safe(&safe, str_of(*text));
	mem_free(*text);
	*text = safe.err == 0 ? mem_strdup(buf_cstr(&safe)) : NULL;
	return *text != NULL ? 0 : ERR_NOMEM;
}
