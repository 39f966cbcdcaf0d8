/*
 * The lines a=crypto of an offer as others write them: what can be taken is
 * written so that it is read as the same, and no line is taken that has a
 * fault.
 */
#include "fuzz.h"

#include "srtp/sdes.h"

#include <string.h>

static void
write_again(const struct sdes_line *line)
{
	LOCAL_BUF out = BUF_INIT;
	struct sdes_line back;

	sdes_write(line, &out);
	fuzz_want(sdes_read(buf_view(&out), &back) == SDES_NONE);
	fuzz_want(back.tag == line->tag &&
		  back.master.suite == line->master.suite &&
		  back.master.lifetime == line->master.lifetime);
	fuzz_want(memcmp(back.master.key, line->master.key, SRTP_KEY) == 0);
	fuzz_want(memcmp(back.master.salt, line->master.salt, SRTP_SALT) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str rest = { (const char *)bytes, n }, values[SDES_LINES + 2];
	struct sdes_line line, taken;
	enum sdes_fault fault;
	size_t count = 0, good = 0, which;

	while (rest.n > 0 && count < SDES_LINES + 2) {
		values[count] = str_cut_line(rest, &rest);
		fault = sdes_read(values[count], &line);
		if (fault == SDES_NONE) {
			good++;
			write_again(&line);
		} else {
			fuzz_want(sdes_fault_words(fault)[0] != '\0');
		}
		count++;
	}
	fault = sdes_choose(values, count, &taken);
	fuzz_want(fault != SDES_NONE || good > 0);
	if (fault == SDES_NONE) {
		write_again(&taken);
		fault = sdes_read_answer(
		    values + count - 1, 1, &taken, 1, &line, &which);
		fuzz_want(fault != SDES_NONE || line.tag == taken.tag);
	}
	return 0;
}
