/*
 * A text of answers: read, or refused with a sentence; and what is read comes
 * back from JSON as it was.
 */
#include "fuzz.h"

#include "lesson/answers.h"
#include "text/json.h"

#include <string.h>

static void
want_same_again(const struct answers *a)
{
	LOCAL_BUF json = BUF_INIT, again = BUF_INIT;
	struct answers b = ANSWERS_INIT;
	struct json_value v;
	struct str rest;

	fuzz_want(answers_put_json(a, &json) == 0);
	rest = buf_view(&json);
	fuzz_want(json_read(&rest, &v) == 0 && rest.n == 0);
	fuzz_want(answers_from_json(&b, v) == 0);
	fuzz_want(answers_put_json(&b, &again) == 0);
	fuzz_want(str_eq(buf_view(&json), buf_view(&again)));
	answers_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct answers a;
	struct diag d = DIAG_INIT;
	int err = answers_read(
	    &a, (struct str){ (const char *)bytes, n }, "answers.txt", &d);

	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	if (err == 0)
		want_same_again(&a);
	answers_free(&a);
	return 0;
}
