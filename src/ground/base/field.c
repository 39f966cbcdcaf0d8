/* Values of structs by their rows. */
#include "base/field.h"

int64_t
field_number(const struct field *f, const void *of)
{
	const void *at = field_at(f, of);
	uint32_t small;
	int64_t n;

	if (f->size == sizeof(small)) {
		memcpy(&small, at, sizeof(small));
		return small;
	}
	memcpy(&n, at, sizeof(n));
	return n;
}

struct str
field_str(const struct field *f, const void *of)
{
	const void *at = field_at(f, of);

	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_LINE:
		return str_of(*(const char *const *)at);
	case FIELD_STR:
		return *(const struct str *)at;
	case FIELD_BUF:
		return buf_view(at);
	case FIELD_CHARS:
		return str_of(at);
	case FIELD_WORD:
		return str_of(f->word((unsigned)field_number(f, of)));
	default:
		return STR_NULL;
	}
}

bool
field_is_empty(const struct field *f, const void *of)
{
	if (field_is_beside(f))
		return true;
	switch (f->kind) {
	case FIELD_FLAG:
		return !*(const bool *)field_at(f, of);
	case FIELD_NUMBER:
	case FIELD_HUNDREDTHS:
	case FIELD_HASH:
		return field_number(f, of) == 0;
	default:
		return field_str(f, of).n == 0;
	}
}

void
buf_two_places(struct buf *b, int64_t n)
{
	buf_printf(b, "%lld.%02lld", (long long)n / 100, (long long)n % 100);
}

void
buf_hundredths(struct buf *b, uint64_t n)
{
	unsigned rest = (unsigned)(n % 100);

	buf_u64(b, n / 100);
	if (rest % 10 != 0)
		buf_printf(b, ".%02u", rest);
	else if (rest != 0)
		buf_printf(b, ".%u", rest / 10);
}
