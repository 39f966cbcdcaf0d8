/*
 * A master file: refused with a sentence, or a zone that answers questions for
 * some names, with messages that can be read.
 */
#include "fuzz.h"

#include "base/err.h"
#include "dns/zone.h"

static void
want_answer(
    const struct dns_zone *z, const struct dns_name *name, unsigned type)
{
	struct dns_message m = DNS_MESSAGE_INIT, back = DNS_MESSAGE_INIT;
	LOCAL_BUF out = BUF_INIT;
	enum dns_fault fault;

	m.has_question = m.response = true;
	m.question = *name;
	m.type = (uint16_t)type;
	fuzz_want(dns_zone_answer(z, &m) == 0);
	fuzz_want(dns_message_write(&m, DNS_MAX, &out) == 0);
	fuzz_want(out.n <= DNS_MAX);
	fuzz_want(dns_message_read(buf_view(&out), &back, &fault) == 0);
	fuzz_want(
	    back.truncated || back.counts[DNS_ANSWER] == m.counts[DNS_ANSWER]);
	dns_message_free(&m);
	dns_message_free(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const names[] = { "@", "_sip._udp", "a", "x.y.z",
		"sub.sub" };
	struct dns_zone *z;
	struct diag d = DIAG_INIT;
	struct dns_name apex, name;
	int err;

	fuzz_want(dns_name_read(STR("example.com."), NULL, &apex) == 0);
	err = dns_zone_read(
	    &z, (struct str){ (const char *)bytes, n }, "zone", &apex, &d);
	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	fuzz_want((z != NULL) == (err == 0));
	for (size_t i = 0; err == 0 && i < 5; i++) {
		if (dns_name_read(str_of(names[i]), dns_zone_apex(z), &name) !=
		    0)
			continue;
		want_answer(z, &name, DNS_TYPE_A);
		want_answer(z, &name, DNS_TYPE_SRV);
		want_answer(z, &name, DNS_TYPE_ANY);
		dns_zone_remove(z, &name, DNS_TYPE_ANY);
		want_answer(z, &name, DNS_TYPE_NAPTR);
	}
	dns_zone_destroy(z);
	return 0;
}
