from fastapi import FastAPI

admin = FastAPI(title="Back office")


@admin.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
