/*
 * A STUN message as others send it: nothing is read outside of it, each
 * attribute lies in it, and what is made of one that was read is read again.
 */
#include "fuzz.h"

#include "stun/stun.h"

static void
write_again(const struct stun *m)
{
	LOCAL_BUF out = BUF_INIT;
	struct stun_attr a;
	struct stun back;
	size_t at = 0;

	stun_begin(&out, m->method, m->class, m->id.p);
	while (stun_next(m, &at, &a))
		if (a.type != STUN_FINGERPRINT)
			stun_put(&out, (enum stun_type)a.type, a.value);
	stun_put_fingerprint(&out);
	fuzz_want(stun_read(buf_view(&out), &back) == STUN_FAULT_NONE);
	fuzz_want(back.method == m->method && back.class == m->class);
	fuzz_want(back.fingerprint && back.code == m->code &&
		  back.unknown == m->unknown);
	fuzz_want(addr_eq(&back.mapped, &m->mapped));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str all = { (const char *)bytes, n }, mac;
	struct buf text = BUF_INIT;
	struct stun_attr a;
	struct stun m;
	size_t at = 0;

	if (n > STUN_HEAD + 0xFFFF)
		return 0;
	if (stun_read(all, &m) == STUN_FAULT_NONE) {
		fuzz_want(stun_is(all));
		while (stun_next(&m, &at, &a)) {
			fuzz_want(a.value.p >= all.p &&
				  a.value.p + a.value.n <= all.p + n);
			stun_attr_write(&m, &a, &text);
		}
		fuzz_want(at == m.attrs.n);
		stun_integrity(&m, &text, &mac);
		write_again(&m);
	}
	buf_free(&text);
	return 0;
}
