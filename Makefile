# From nothing: see tools/house. `make demo PORT=8070`, `make db DB=name`, `make demo PYTHON=python3.12`.
PYTHON ?= python3
PORT ?= 8069
RUN = $(PYTHON) tools/run

.PHONY: demo test db lint load stop clean

demo:
	@$(RUN) demo $(PORT)

test:
	@$(RUN) test

db:
	@$(RUN) db $(DB)

lint:
	@$(RUN) lint

load:
	@$(RUN) load

stop:
	@$(RUN) stop

clean:
	@$(RUN) clean
