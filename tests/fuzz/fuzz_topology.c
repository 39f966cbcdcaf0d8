/*
 * A topology file: read, or refused with a sentence; and what is read means the
 * same to Graphviz.
 */
#include "fuzz.h"

#include "fixtures/graphviz_reader.h"
#include "topology/topology.h"

#include <stdio.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n };
	struct diag d = DIAG_INIT, second = DIAG_INIT;
	struct buf why = BUF_INIT;
	struct topology *t = NULL;
	int err = topology_read(&t, text, "f.gv", NULL, 0, &d);

	fuzz_want(err == d.err && (err == 0) == (t != NULL));
	fuzz_want(err == 0 || d.text[0] != '\0');
	topology_drop(t);
	second_differs(text, &second, &why);
	if (why.n > 0)
		fprintf(stderr, "%s (%s)\n", buf_cstr(&why), second.text);
	fuzz_want(why.n == 0);
	buf_free(&why);
	return 0;
}
