/*
 * A Diameter message as others send it: nothing is read outside of it, each AVP
 * lies in it, what is wrong is said in an answer that can be read, and what was
 * read without a fault is written and read again as the same.
 */
#include "fuzz.h"

#include "diameter/diameter.h"

static void
look_at_avps(struct str avps, unsigned depth)
{
	LOCAL_BUF text = BUF_INIT;
	struct diameter_avp a;
	size_t at = 0;

	while (diameter_next(avps, &at, &a)) {
		fuzz_want(a.value.n <= a.all.n && at <= avps.n);
		fuzz_want(
		    a.all.p >= avps.p && a.all.p + a.all.n <= avps.p + avps.n);
		diameter_write_avp_name(&a, &text);
		diameter_write_avp(&a, &text);
		diameter_avp_words(&a, &text);
		buf_clear(&text);
		if (diameter_is_group(&a) && depth < 4)
			look_at_avps(a.value, depth + 1);
	}
}

/* What tells the sender of M's fault can be read. */
static void
refuse(const struct diameter *m)
{
	LOCAL_BUF failed = BUF_INIT;
	struct diameter_avp a;
	size_t at = 0;

	diameter_put_failed(&failed, m);
	if (failed.n > 0)
		fuzz_want(diameter_next(buf_view(&failed), &at, &a) &&
			  a.id == DIAMETER_AVP_FAILED_AVP && at == failed.n);
}

static void
write_again(const struct diameter *m)
{
	LOCAL_BUF out = BUF_INIT;
	struct diameter back;

	diameter_begin(&out, m->command, m->flags, m->hop, m->end);
	buf_str(&out, m->avps);
	diameter_end(&out);
	fuzz_want(diameter_read(buf_view(&out), &back) == DIAMETER_FAULT_NONE);
	fuzz_want(back.command == m->command && back.flags == m->flags);
	fuzz_want(diameter_result(&back) == diameter_result(m));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct buf name = BUF_INIT;
	struct diameter m;

	if (n > 0xFFFF)
		return 0;
	diameter_read((struct str){ (const char *)bytes, n }, &m);
	look_at_avps(m.avps, 0);
	diameter_write_name(&m, &name);
	if (m.fault == DIAMETER_FAULT_NONE)
		write_again(&m);
	else
		refuse(&m);
	buf_free(&name);
	return 0;
}
