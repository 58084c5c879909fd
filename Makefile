# From nothing: see tools/dev. `make demo PORT=8070`, `make db DB=name`, `make demo PYTHON=python3.12`,
# `make test ONLY=policy`.
PYTHON ?= python3
PORT ?= 8069
RUN = $(PYTHON) tools/run

.PHONY: demo test db lint bench load hostile compose-test guide access format size stop clean

demo:
	@$(RUN) demo $(PORT)

test:
	@$(RUN) test $(foreach name,ONLY ALL SEED WORKERS,$(if $($(name)),$(name)=$($(name))))

db:
	@$(RUN) db $(DB) $(if $(REPLACE),REPLACE=$(REPLACE))

lint:
	@$(RUN) lint

bench:
	@$(RUN) bench $(ROWS)

access:
	@$(RUN) access

format:
	@$(RUN) format

size:
	@$(RUN) size

guide:
	@$(RUN) guide

load:
	@$(RUN) load $(ROWS)

compose-test:
	@$(RUN) compose-test $(if $(KEEP),KEEP=$(KEEP)) $(ONLY)

hostile:
	@$(RUN) hostile $(ROWS)

stop:
	@$(RUN) stop

clean:
	@$(RUN) clean
