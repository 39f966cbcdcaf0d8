/* The words and the records of DNS messages: see dns/message.h. */
#include "dns/message.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"

struct word {
	const char *word;
	unsigned number;
};

static const struct word types[] = {
#define X(id, word, number) { word, number },
	DNS_TYPES(X)
#undef X
};
static const struct word rcodes[] = {
#define X(id, number, word) { word, number },
	DNS_RCODES(X)
#undef X
};
static const struct {
	const char *name, *text;
} faults[] = {
#define X(id, word, text) { word, text },
	DNS_FAULTS(X)
#undef X
};

/* The word of NUMBER, or OTHER with the number behind it. */
static void
write_word(const struct word *words, size_t n, unsigned number,
    const char *other, struct buf *out)
{
	size_t i = 0;

	while (i < n && words[i].number != number)
		i++;
	buf_puts(out, i < n ? words[i].word : other);
	if (i == n)
		buf_u64(out, number);
}

void
dns_type_write(unsigned type, struct buf *out)
{
	write_word(types, ROWS_COUNT(types), type, "TYPE", out);
}

unsigned
dns_type_find(struct str word)
{
	uint32_t number = 0;

	for (size_t i = 0; i < ROWS_COUNT(types); i++)
		if (str_iis(word, types[i].word))
			return types[i].number;
	if (!str_istarts(word, "TYPE") ||
	    str_u32(str_slice(word, 4, word.n), &number) != 0)
		return 0;
	return number <= UINT16_MAX ? number : 0;
}

void
dns_rcode_write(unsigned rcode, struct buf *out)
{
	write_word(rcodes, ROWS_COUNT(rcodes), rcode, "RCODE", out);
}

const char *
dns_fault_name(enum dns_fault fault)
{
	return faults[fault].name;
}

const char *
dns_fault_text(enum dns_fault fault)
{
	return fault != DNS_FAULT_NONE ? _(faults[fault].text) : "";
}

void
dns_message_free(struct dns_message *m)
{
	mem_free(m->records);
	buf_free(&m->bytes);
	*m = DNS_MESSAGE_INIT;
}

size_t
dns_message_count(const struct dns_message *m)
{
	size_t n = 0;

	for (int i = 0; i < DNS_SECTIONS; i++)
		n += m->counts[i];
	return n;
}

int
dns_message_add(
    struct dns_message *m, enum dns_section section, const struct dns_record *r)
{
	size_t n = dns_message_count(m);

	if (ARRAY_ROOM(&m->records, &m->cap, n + 1) != 0)
		return ERR_NOMEM;
	m->records[n] = *r;
	m->counts[section]++;
	return 0;
}

const struct dns_record *
dns_message_section(const struct dns_message *m, enum dns_section section)
{
	size_t n = 0;

	for (enum dns_section i = DNS_ANSWER; i < section; i++)
		n += m->counts[i];
	return m->counts[section] > 0 ? m->records + n : NULL;
}
