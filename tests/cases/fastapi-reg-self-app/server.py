from fastapi import FastAPI


class Server:
    def __init__(self) -> None:
        self.app = FastAPI()
        self.readings: list[float] = []
        self._bind()

    def _bind(self) -> None:
        self.app.get("/readings")(self.list_readings)
        self.app.post("/readings")(self.create_reading)

    def list_readings(self) -> list[float]:
        return self.readings

    def create_reading(self, value: float) -> float:
        self.readings.append(value)
        return value


app = Server().app
