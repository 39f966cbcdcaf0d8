/*
 * A DNS message: refused with a fault, or read, shown, and written so that it
 * reads as the same again; what its records say is asked of each, in which
 * order they are tried, and what ENUM makes of them.
 */
#include "fuzz.h"

#include "base/err.h"
#include "dns/e164.h"
#include "dns/order.h"

#define MOST 64

static uint64_t
draw_middle(uint64_t most, void *arg)
{
	(void)arg;
	return most / 2;
}

static size_t
count_records(const struct dns_message *m)
{
	return m->counts[DNS_ANSWER] + m->counts[DNS_AUTHORITY] +
	       m->counts[DNS_ADDITIONAL];
}

/* Each record as a line, and as what its type says; the orders of those that
 * have one. */
static void
ask_records(const struct dns_message *m)
{
	struct dns_srv srv[MOST];
	struct dns_naptr naptr[MOST];
	size_t nsrv = 0, nnaptr = 0;
	LOCAL_BUF out = BUF_INIT;
	struct dns_soa soa;
	struct dns_name target;
	struct addr a;

	for (size_t i = 0; i < count_records(m); i++) {
		const struct dns_record *r = &m->records[i];

		fuzz_want(dns_name_take(r->name, &target) == 0);
		dns_record_write(r, &out);
		(void)dns_record_addr(r, &a);
		(void)dns_record_soa(r, &soa);
		(void)dns_record_target(r, &target);
		if (nsrv < MOST && dns_record_srv(r, &srv[nsrv]) == 0)
			nsrv++;
		if (nnaptr < MOST && dns_record_naptr(r, &naptr[nnaptr]) == 0) {
			(void)dns_e164_is_sip(&naptr[nnaptr]);
			(void)dns_e164_uri(
			    &naptr[nnaptr], STR("+442079460148"), &out);
			nnaptr++;
		}
	}
	dns_order_srv(srv, nsrv, draw_middle, NULL);
	dns_order_naptr(naptr, nnaptr);
	for (size_t i = 1; i < nsrv; i++)
		fuzz_want(srv[i - 1].priority <= srv[i].priority);
	for (size_t i = 1; i < nnaptr; i++)
		fuzz_want(naptr[i - 1].order <= naptr[i].order);
}

static void
want_same_again(const struct dns_message *m)
{
	struct dns_message back = DNS_MESSAGE_INIT;
	LOCAL_BUF out = BUF_INIT;
	enum dns_fault fault;

	fuzz_want(dns_message_write(m, DNS_UDP_MAX, &out) == 0);
	fuzz_want(out.n <= DNS_UDP_MAX);
	buf_clear(&out);
	fuzz_want(dns_message_write(m, (size_t)1 << 24, &out) == 0);
	fuzz_want(dns_message_read(buf_view(&out), &back, &fault) == 0);
	fuzz_want(back.id == m->id && back.rcode == m->rcode);
	fuzz_want(count_records(&back) == count_records(m));
	for (size_t i = 0; i < count_records(m); i++) {
		fuzz_want(str_eq(m->records[i].name, back.records[i].name));
		fuzz_want(str_eq(m->records[i].data, back.records[i].data));
		fuzz_want(m->records[i].ttl == back.records[i].ttl);
	}
	dns_message_free(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	int err = dns_message_read(
	    (struct str){ (const char *)bytes, n }, &m, &fault);

	fuzz_want((err == 0) == (fault == DNS_FAULT_NONE));
	ask_records(&m);
	if (err == 0)
		want_same_again(&m);
	dns_message_free(&m);
	return 0;
}
