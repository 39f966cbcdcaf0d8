/*
 * An ISUP message as others send it: nothing is read outside of it, each
 * parameter lies in it and says what it says, what was read is written and read
 * again as the same, and so are its numbers and causes.
 */
#include "fuzz.h"

#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"

static void
want_inside(struct str part, struct str whole)
{
	fuzz_want(part.n == 0 ||
		  (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

/* A number is written as one that is read as the same. */
static void
write_number(const struct isup_param *p)
{
	static const struct isup_trunk trunk = { STR_INIT("49"),
		STR_INIT("30") };
	LOCAL_BUF out = BUF_INIT, uri = BUF_INIT;
	struct isup_number n, back;

	if (!isup_number_read(p->code, p->value, &n))
		return;
	isup_number_write(p->code, &n, &out);
	fuzz_want(isup_number_read(p->code, buf_view(&out), &back));
	fuzz_want(strcmp(n.digits, back.digits) == 0 &&
		  n.nature == back.nature && n.complete == back.complete);
	/* A country code before 32 digits makes a number too long. */
	if (isup_number_to_uri(&n, &trunk, &uri) &&
	    strlen(n.digits) < ISUP_DIGITS - 4)
		fuzz_want(isup_number_of_uri(buf_view(&uri), &trunk, &back));
}

static void
write_again(const struct isup *m)
{
	static struct isup back;
	LOCAL_BUF out = BUF_INIT;
	enum isup_fault fault = isup_write(m, &out);

	/* What others leave between the parts can be too far for a pointer. */
	if (fault == ISUP_FAULT_NONE) {
		fuzz_want(isup_read(buf_view(&out), &back) == ISUP_FAULT_NONE);
		fuzz_want(back.row == m->row && back.n == m->n);
		for (size_t i = 0; i < m->n; i++)
			fuzz_want(
			    back.params[i].code == m->params[i].code &&
			    str_eq(back.params[i].value, m->params[i].value));
		fuzz_want(back.rest.n == 0);
	} else {
		fuzz_want(fault == ISUP_FAULT_LENGTH && out.n == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct isup m;
	struct str all = { (const char *)bytes, n };
	enum isup_fault fault = isup_read(all, &m);
	struct isup_number number;
	struct q850_indicators cause;
	struct buf text = BUF_INIT;
	struct mtp_label label;
	struct str isup;
	unsigned cic;

	want_inside(m.rest, all);
	want_inside(m.pointers, all);
	for (size_t i = 0; i < m.n; i++) {
		want_inside(m.params[i].all, all);
		want_inside(m.params[i].value, m.params[i].all);
		isup_param_say(&m.params[i], &text);
		write_number(&m.params[i]);
		if (q850_read(m.params[i].value, &cause))
			want_inside(cause.diagnostics, m.params[i].value);
	}
	if (fault == ISUP_FAULT_NONE)
		write_again(&m);
	else
		fuzz_want(isup_fault_words(fault)[0] != '\0');
	isup_number_of_uri(
	    all, &(struct isup_trunk){ STR("49"), STR("30") }, &number);
	/* The same behind a label, which is taken as it comes. */
	if (mtp3_read_isup(all, &label, &cic, &isup)) {
		buf_clear(&text);
		mtp3_put_isup(&label, cic, isup, &text);
		fuzz_want(text.n == all.n);
		want_inside(isup, all);
	}
	buf_free(&text);
	return 0;
}
